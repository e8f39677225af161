/** Sentences that fit any kind of work. */
export const TIMING = [
  'We would like to start this spring.',
  'No hurry, but it should be done before Christmas.',
  'As soon as possible, please.',
  'We are flexible with dates.',
  'It would have to be finished by the end of summer.',
  'We are away for two weeks in the middle of next month.',
  'Ideally within the next two months.',
  'We are only collecting prices at this point.',
] as const

export const CLOSINGS = [
  'Evenings are best to reach us.',
  'Please text before you call.',
  'Email works best for me.',
  'You are the second company that we ask.',
  'Our neighbours recommended you.',
  'Thanks in advance!',
  'Please let us know if you charge for the visit.',
  'I can send pictures.',
  'Do you offer financing?',
  'References would be nice.',
] as const

export const HOUSES = [
  'Detached house',
  'Bungalow',
  'Semi-detached',
  'Townhouse',
  'Split level',
  'Condominium',
] as const
export const START_WISHES = ['As soon as possible', 'Within a month', 'In one to three months', 'Flexible'] as const

export const DECLINE_REASONS = [
  'Outside the area that we serve.',
  'Booked until the end of the season.',
  'The job is smaller than what we take on.',
  'We do not do this kind of work.',
  'The homeowner is already a customer of ours.',
  'The wished start date is not possible for us.',
] as const

export const CONTACT_NOTES = [
  'Left a message with the company number.',
  'Nice call, wants a visit at the house.',
  'Asked for two references.',
  'Spoke with the husband, decision is made by both.',
  'Sent our brochure and the link to the gallery.',
  'Wants to see samples first.',
] as const

export const NO_ANSWER_NOTES = [
  'Voicemail is full.',
  'Called twice, no answer; sent a text.',
  'Third attempt this week.',
  'The e-mail came back, number rings through.',
] as const

export const OTHER_REASONS = [
  'Homeowner is travelling and asked us to call next month.',
  'Waiting for the condo board to approve the work.',
  'Waiting for drawings from the architect.',
  'Insurance adjuster has to see the damage first.',
  'Homeowner wants to talk with the bank before a visit.',
] as const

export const LOST_JOB_REASONS = [
  'Went with a lower price.',
  'Chose a company that could start sooner.',
  'Decided to do the work themselves.',
  'A friend of the family does it.',
  'Our quote was over the budget.',
  'No reaction to the quote after three reminders.',
] as const

export const POSTPONED_REASONS = [
  'Postponed to next year, wants to save up first.',
  'Cancelled: the house is being sold.',
  'On hold until the permit is granted.',
  'New job in another city, not sure if they stay.',
  'Waiting for the insurance to pay.',
] as const

export const QUOTE_NOTES = [
  'Quote has three options, middle one recommended.',
  'Quote valid for 30 days.',
  'Sent with the drawing; they compare with one other company.',
  'Price without permit fees.',
] as const

export const WIN_NOTES = [
  'Deposit of ten percent received.',
  'Signed at the kitchen table.',
  'Contract signed, start as soon as the permit is in.',
  'Took the middle option.',
] as const

export const OFFICE_NOTES = [
  'Dog in the yard, ring first.',
  'Park on the street, the driveway is shared.',
  'Repeat customer of 2021.',
  'Prefers text messages.',
  'Very precise about the schedule.',
  'Ask about the second bathroom, too.',
  'Budget is firm.',
  'Found us at the home show.',
] as const

export const LEAD_TYPES = ['Residential', 'Residential', 'Residential', 'Insurance', 'Rental property'] as const
export const SOURCE_LABELS = ['Website', 'Referral', 'Home show', 'Lawn sign', 'Repeat customer', 'Phone'] as const
