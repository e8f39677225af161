import type { DatePickerInputProps } from '@mantine/dates'
import { formatDate } from '../../format.ts'
import { userLanguages } from '../../languages.ts'

type CalendarWords = Pick<
  DatePickerInputProps<'range'>,
  'valueFormatter' | 'firstDayOfWeek' | 'weekdayFormat' | 'monthLabelFormat' | 'monthsListFormat' | 'getDayAriaLabel'
>

/** A calendar in the user's language out of the browser's own knowledge: its library has English, or a file for each. */
export function calendarWords(): CalendarWords {
  return {
    valueFormatter: ({ date, labelSeparator }) => [date].flat().map(dayText).join(` ${labelSeparator} `),
    firstDayOfWeek: firstDayOfWeek(),
    weekdayFormat: wordsBy({ weekday: 'short' }),
    monthLabelFormat: wordsBy({ month: 'long', year: 'numeric' }),
    monthsListFormat: wordsBy({ month: 'short' }),
    getDayAriaLabel: wordsBy({ dateStyle: 'long' }),
  }
}

function dayText(day: Date | string | null): string {
  return typeof day === 'string' ? formatDate(day) : ''
}

/** How a day YYYY-MM-DD is told. */
function wordsBy(options: Intl.DateTimeFormatOptions): (day: string) => string {
  const format = new Intl.DateTimeFormat(userLanguages(), { ...options, timeZone: 'UTC' })
  return (day) => format.format(new Date(`${day.slice(0, 10)}T00:00:00Z`))
}

/** Not every browser tells. */
interface WeekTeller {
  getWeekInfo?: () => { readonly firstDay: number }
}

type WeekDay = 0 | 1 | 2 | 3 | 4 | 5 | 6

/** 0 for Sunday; Monday where the browser does not know. */
function firstDayOfWeek(): WeekDay {
  const [tag = 'en'] = userLanguages()
  const locale: Intl.Locale & WeekTeller = new Intl.Locale(tag)
  return ((locale.getWeekInfo?.().firstDay ?? 1) % 7) as WeekDay
}
