/**
 * Who owns a conversation: one table of states and what may happen in each. Everything else about a hand-off follows
 * from it. Pure.
 */
export const STATES = ['bot', 'requested', 'queued', 'assigned', 'released', 'closed'] as const
/**
 * `bot`: nobody was asked for. `requested`: asked for while nobody is there; the message is kept until somebody is.
 * `queued`: staff were told. `assigned`: one of them has it and the bot is silent. `released`: given back to the bot.
 * `closed`: over, the applicant may say how it was.
 */
export type Ownership = (typeof STATES)[number]

export const EVENTS = [
  'ask',
  'ask-away',
  'staff-back',
  'claim',
  'transfer',
  'release',
  'close',
  'cancel',
  'applicant-said',
  'staff-said',
  'unclaimed',
  'applicant-silent',
  'staff-silent',
  'rate',
] as const
/**
 * `ask`: a person is wanted and somebody is there. `ask-away`: a person is wanted, nobody is. `staff-back`: the
 * business hours begin. `cancel`: the applicant goes back to the bot. `unclaimed`, `applicant-silent`,
 * `staff-silent`: the timers. `rate`: the applicant says how it was.
 */
export type OwnershipEvent = (typeof EVENTS)[number]

/** What has to be done when a transition is taken; each once. */
export type Effect =
  | 'post-card'
  | 'tell-applicant-queued'
  | 'tell-applicant-away'
  | 'tell-applicant-joined'
  | 'tell-applicant-left'
  | 'tell-applicant-still-waiting'
  | 'tell-applicant-closed'
  | 'ask-applicant-still-there'
  | 'tell-staff-claimed'
  | 'tell-staff-cancelled'
  | 'nudge-staff'
  | 'nudge-owner'
  | 'forward-to-staff'
  | 'forward-to-applicant'
  | 'keep'
  | 'resume-bot'
  | 'ask-rating'
  | 'note-rating'

export interface Transition {
  readonly to: Ownership
  readonly effects: readonly Effect[]
}

const go = (to: Ownership, ...effects: readonly Effect[]): Transition => ({ to, effects })

type Row = Readonly<Partial<Record<OwnershipEvent, Transition>>>

/** Where nobody has the conversation, a person may be wanted. */
const WANTED: Row = {
  ask: go('queued', 'post-card', 'tell-applicant-queued'),
  'ask-away': go('requested', 'tell-applicant-away'),
}
const ENDS: readonly Effect[] = ['tell-applicant-closed', 'ask-rating', 'resume-bot']

/** What may happen in each state. An event that is not named means nothing there. */
export const OWNERSHIP: Readonly<Record<Ownership, Row>> = {
  bot: WANTED,
  requested: {
    ...WANTED,
    'staff-back': go('queued', 'post-card', 'tell-applicant-queued'),
    cancel: go('bot', 'resume-bot'),
    'applicant-said': go('requested', 'keep'),
  },
  queued: {
    ask: go('queued', 'tell-applicant-queued'),
    'ask-away': go('queued', 'tell-applicant-away'),
    claim: go('assigned', 'tell-staff-claimed', 'tell-applicant-joined'),
    close: go('closed', ...ENDS),
    cancel: go('bot', 'tell-staff-cancelled', 'resume-bot'),
    'applicant-said': go('queued', 'keep', 'forward-to-staff'),
    unclaimed: go('queued', 'nudge-staff', 'tell-applicant-still-waiting'),
  },
  assigned: {
    ask: go('assigned', 'nudge-owner'),
    'ask-away': go('assigned', 'nudge-owner'),
    transfer: go('assigned', 'tell-staff-claimed', 'tell-applicant-joined'),
    release: go('released', 'tell-applicant-left', 'ask-rating', 'resume-bot'),
    close: go('closed', ...ENDS),
    cancel: go('released', 'tell-staff-cancelled', 'resume-bot'),
    'applicant-said': go('assigned', 'keep', 'forward-to-staff'),
    'staff-said': go('assigned', 'keep', 'forward-to-applicant'),
    'applicant-silent': go('assigned', 'ask-applicant-still-there'),
    'staff-silent': go('assigned', 'nudge-owner', 'tell-applicant-still-waiting'),
  },
  released: {
    ...WANTED,
    claim: go('assigned', 'tell-staff-claimed', 'tell-applicant-joined'),
    close: go('closed'),
    rate: go('released', 'note-rating'),
  },
  closed: {
    ...WANTED,
    rate: go('closed', 'note-rating'),
  },
}

/** Whether what the applicant types goes to a person instead of the bot. */
export function heardByPerson(state: Ownership): boolean {
  return state === 'queued' || state === 'assigned'
}
