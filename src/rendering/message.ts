import type { Language } from '../language.ts'

/**
 * One message of the bot, before any channel's dress. Channels render it as an Adaptive Card, as suggested
 * actions or as numbered plain text; the web widget receives it whole in `channelData.message`.
 *
 * `text` fields hold a small Markdown: `**bold**`, `[label](https://…)`, lines that start with `- `, and blank
 * lines between paragraphs. Nothing else is markup, and text that came from a person is escaped before it
 * gets here.
 */
export interface Message {
  readonly language: Language
  readonly blocks: readonly Block[]
  /** What the bot waits for; at most one in a turn, in its last message. */
  readonly input?: Input
  /** Things a person may do besides answering: back, why, not sure … */
  readonly actions?: readonly Action[]
  /** Ways to begin, offered large where a channel can. No other channel needs them: the question stands below. */
  readonly starts?: readonly Action[]
}

export type Tone = 'plain' | 'notice' | 'warning' | 'success' | 'error'

export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | {
      readonly kind: 'text'
      /** With `copy`, it says all of it too: channels without a copy button show the text alone. */
      readonly text: string
      readonly tone?: Tone
      readonly copy?: Copyable
    }
  | {
      readonly kind: 'statements'
      readonly title?: string
      /** Long lists start folded where the channel can fold. */
      readonly folded?: boolean
      readonly items: readonly Statement[]
    }
  | { readonly kind: 'summary'; readonly title?: string; readonly rows: readonly SummaryRow[] }

/** Something to be used elsewhere character by character: a snippet of a page, a case code. Never Markdown. */
export interface Copyable {
  /** What it is, as name of the box. */
  readonly label: string
  readonly text: string
}

/** Something the rules say, with where it comes from. */
export interface Statement {
  readonly id: string
  readonly text: string
  readonly note?: string
  readonly sources: readonly SourceLine[]
  /** Said only where it is not high, in the reader's language. */
  readonly confidence?: string
}

export interface SourceLine {
  /** Publisher, title and date in one line. */
  readonly label: string
  readonly url?: string
}

export interface SummaryRow {
  readonly label: string
  readonly value: string
  readonly change?: Action
}

export interface Option {
  readonly value: string
  readonly label: string
  readonly hint?: string
}

export const TYPINGS = ['text', 'tel', 'email', 'url', 'long'] as const
export type Typing = (typeof TYPINGS)[number]

export interface Input {
  /**
   * `choice`: one of a few (buttons). `choices`: several (check boxes). `select`: one of many (a list to pick from
   * or type). `text`: typed, without options.
   */
  readonly kind: 'choice' | 'choices' | 'select' | 'text'
  /** Answer key of the question. */
  readonly question: string
  /** Version of the case when the question was put; sent back with the answer. */
  readonly version: number
  /** The question's text, as accessible name of the group. */
  readonly label: string
  readonly options: readonly Option[]
  /** In `choices`: the option that excludes the others. */
  readonly alone?: string
  /** Label of "I am not sure", or of leaving a typed answer out, where that is an answer. Its value is `unsure`. */
  readonly unsure?: string
  /** In `text`: what is typed, for the keyboard a phone shows. */
  readonly typing?: Typing
  /** In `text`: a day, typed or picked from a calendar. */
  readonly date?: boolean
  /** Label of the button that sends a `choices` or `select` answer. */
  readonly submit: string
  /**
   * This question and the plain ones that follow it, for channels that show a form; the others ask one at a time
   * and show the question alone. A form is answered by `FormAnswers`.
   */
  readonly form?: Form
}

export interface Form {
  /** Name of the form. */
  readonly title: string
  readonly fields: readonly FormField[]
  /** Label of the button that sends it. */
  readonly submit: string
}

/** One typed answer of a form. Sent back with `error`, it keeps what was typed in `value`. */
export interface FormField {
  /** Answer key of the question. */
  readonly question: string
  readonly label: string
  readonly hint?: string
  readonly typing?: Typing
  readonly date?: boolean
  /** Label of leaving it out, where the rules allow; it is then answered with `unsure`. */
  readonly skip?: string
  readonly value?: string
  /** Why the value was not taken, and how to mend it. */
  readonly error?: string
}

export interface Action {
  readonly label: string
  readonly payload: Payload
}

/** What a button or form sends back, as the activity's `value`. */
export type Payload =
  | {
      readonly kind: 'answer'
      readonly question: string
      readonly version: number
      readonly answer: string | readonly string[]
    }
  | { readonly kind: 'command'; readonly command: CommandName; readonly argument?: string }

/** What a form sends back, all fields at once. What is wrong comes back with the next message's form. */
export interface FormAnswers {
  readonly kind: 'answers'
  /** Version of the input the form stood in. */
  readonly version: number
  /** By question; `unsure` where a field was left out. */
  readonly answers: Readonly<Record<string, string>>
}

export const COMMANDS = [
  'help',
  'back',
  'edit',
  'summary',
  'restart',
  'language',
  'why',
  'unsure',
  'human',
  'delete',
  'withdraw',
  'withdraw-identity',
  'province',
  'pre-check',
  'yes',
  'no',
  'rate',
] as const
export type CommandName = (typeof COMMANDS)[number]
