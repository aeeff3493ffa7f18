import type { Language } from '../language.ts'
import type { Block, SourceLine, Statement, SummaryRow } from './message.ts'

/**
 * A case as a whole, for a panel beside the conversation: how far it is, what was answered, what follows from it.
 * Everything is said already, in the case's language; whoever shows it decides nothing. Our own Direct Line sends
 * it with the last reply of every turn, in `channelData.case`.
 */
export interface CaseView {
  readonly language: Language
  /** Revision of the case it was made from. */
  readonly version: number
  /** With what a person comes back to the case elsewhere, where there is such a code. */
  readonly code?: string
  readonly progress: Progress
  readonly sections: readonly SectionView[]
  /** What the rules say, one part for each outcome of the sections that are done. */
  readonly results: readonly PartView[]
  /** Papers to get ready; absent until they are known. */
  readonly documents?: PartView
  /** Duties and their time limits; absent until they are known. */
  readonly timeline?: Timeline
  readonly downloads?: readonly Download[]
  /** Every source quoted, once; statements name them by their place in this list. */
  readonly sources: readonly SourceLine[]
}

export interface Progress {
  /** Sections that are done, of those that apply as far as is known. */
  readonly done: number
  readonly total: number
  readonly text: string
}

export interface SectionView {
  readonly id: string
  readonly title: string
  readonly state: 'done' | 'open' | 'ahead'
  /** The state in words. */
  readonly stateText: string
  /** The answers, each with a way to change it. */
  readonly rows: readonly SummaryRow[]
}

export interface PartView {
  readonly id: string
  readonly title: string
  readonly blocks: readonly PartBlock[]
}

/** A block of a message, its statements with numbered sources. */
export type PartBlock =
  | Exclude<Block, { readonly kind: 'statements' }>
  | {
      readonly kind: 'statements'
      readonly title?: string
      readonly items: readonly NumberedStatement[]
    }

export interface NumberedStatement extends Omit<Statement, 'sources'> {
  /** Places in the view's list of sources, from 0. */
  readonly sources: readonly number[]
}

/** Duties along time: each track starts with an event whose day is not known in advance. */
export interface Timeline {
  readonly title: string
  readonly tracks: readonly Track[]
  /** Duties without a day. */
  readonly always: readonly NumberedStatement[]
  readonly alwaysTitle: string
}

export interface Track {
  readonly id: string
  /** The event, such as the opening of the site. */
  readonly title: string
  /** By day, nearest first. */
  readonly marks: readonly Mark[]
}

export interface Mark {
  /** Days after the event; 0 is the day itself. */
  readonly days: number
  /** The day in words. */
  readonly when: string
  /** What stands at the mark of a drawing, in few words. */
  readonly short: string
  /** The calendar day, in words, once the event has happened. */
  readonly date?: string
  readonly items: readonly NumberedStatement[]
}

export interface Download {
  readonly label: string
  readonly url: string
}
