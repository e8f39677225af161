import { Type } from 'typebox'
import { Statistics } from './contract/company.ts'
import { Board, BoardPage, Duplicates, LeadPage, LeadQuery, Stage, Today } from './contract/leads.ts'
import { CalendarDate, Id, Text } from './contract/parts.ts'
import { operation, problems, success } from './describe.ts'

const LIST_NOTE = `Parameters that take several values repeat, or part them by commas (but \`category\`, whose
values may hold one). A parameter that is not there is refused. \`q\` finds what has every word somewhere in the
customer's names, company, e-mail address, phones, address, city or zip; a phone in any notation, its extension left out;
words under three letters at the beginning of a word only. Blanks, commas and semicolons part words, marks alone are none,
and the first eight count. The customer of an offer that is not accepted is not found. Dates are
the company's.`

export const listSchema = operation(
  'List leads',
  `${LIST_NOTE} A page can hold fewer leads than \`limit\`, or none, and still have a \`nextCursor\`: then what fits is
thinly spread, and the next page goes on looking. \`total\` is counted once, for the first page.`,
  { querystring: LeadQuery, response: { 200: success('One page of cards.', LeadPage), ...problems(400) } },
)

const { cursor: _, limit: __, ...exportQuery } = LeadQuery.properties

export const exportSchema = operation(
  'Export leads as CSV',
  `${LIST_NOTE} All leads of the list, in one file with a line of titles; times are the company's. A text that a
spreadsheet would take for a formula gets an apostrophe in front.`,
  {
    querystring: Type.Object(exportQuery),
    response: {
      200: { description: 'The file.', content: { 'text/csv': { schema: Text } } },
      ...problems(400),
    },
  },
)

export const duplicatesSchema = operation(
  'Find leads of the same customer',
  'At most 20, newest first: the same e-mail address in any letter case, or the same last ten digits of a phone.',
  {
    querystring: Type.Object({
      email: Type.Optional(Text),
      phone: Type.Optional(Text),
      except: Type.Optional({ ...Id, description: 'A lead to leave out: the one that is compared.' }),
    }),
    response: { 200: success('Cards of the leads.', Duplicates), ...problems(400) },
  },
)

const BOARD_QUERY = {
  assignee: Type.Optional({ ...Text, description: "A user's id, `me`, or `none`." }),
  q: Type.Optional({ ...Text, description: 'Only leads that this line of search finds, as in the list of leads.' }),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 25 })),
}

export const boardSchema = operation(
  'Show the board',
  `The first page of every column: who came last stands on top. Count and amount are of the whole column; of a search
that finds more than 5,000 leads, the count is what was found at least, and there is no amount. As in the list of leads, a
page of such a search can be short and still have a \`nextCursor\`.`,
  { querystring: Type.Object(BOARD_QUERY), response: { 200: success('All columns.', Board), ...problems(400) } },
)

export const columnSchema = operation('Show a page of a column', 'Goes on where a page of the same column ended.', {
  params: Type.Object({ boardStage: Stage }),
  querystring: Type.Object({ ...BOARD_QUERY, cursor: Type.Optional(Text) }),
  response: { 200: success('The page.', BoardPage), ...problems(400) },
})

export const todaySchema = operation(
  'Show what to do now',
  `Offers that wait (longest first), other leads that require action (longest overdue first), next actions whose date
has come, and the newest leads. At most 20 of each with the whole count; what is due is counted up to 1,000.`,
  { response: { 200: success('The four lists.', Today), ...problems(400) } },
)

export const statisticsSchema = operation(
  'Show statistics',
  `Of the leads that were created from \`from\` to \`to\` (both included, in the company's time zone; without them the
last twelve months). Open is what is neither won, lost nor declined. Wins by month are those of the period, whenever
their leads were created. Durations are exact to the minute, above two days to the hour.`,
  {
    querystring: Type.Object({
      from: Type.Optional(CalendarDate),
      to: Type.Optional(CalendarDate),
      assignee: BOARD_QUERY.assignee,
    }),
    response: { 200: success('The figures.', Statistics), ...problems(400) },
  },
)
