import type { FieldQuestion } from '../../interview/open-fields.ts'
import type { Language } from '../../language.ts'
import type { FormAnswers } from '../../rendering/message.ts'
import type { AnswerValue } from '../../rules/answers.ts'
import type { Invalid, Note } from '../../rules/values/validation.ts'
import type { Heard } from '../../understanding/many.ts'
import type { Pending } from './standing.ts'

export type CommandMeaning =
  | { readonly kind: 'command'; readonly command: PlainCommand }
  | { readonly kind: 'command'; readonly command: 'language'; readonly language: Language }
  | { readonly kind: 'command'; readonly command: 'edit'; readonly question: string | undefined }
export type PlainCommand =
  | 'help'
  | 'back'
  | 'summary'
  | 'restart'
  | 'why'
  | 'human'
  | 'delete'
  | 'province'
  | 'pre-check'
  | 'withdraw'
  | 'withdraw-identity'

export interface AnswerMeaning {
  readonly kind: 'answer'
  readonly question: string
  readonly value: AnswerValue
  /** Typed in other words than the option's own: what was understood is then said. */
  readonly said: boolean
  /** Of a typed answer: what there is to look at in it. */
  readonly notes?: readonly Note[]
}

/** A typed answer that cannot be right. */
export interface RefusedMeaning {
  readonly kind: 'refused'
  readonly question: FieldQuestion
  readonly typed: string
  readonly problem: Invalid
}

export interface ButtonMeaning {
  readonly kind: 'old-button'
  readonly question: string
  readonly value: AnswerValue
  readonly version: number
}

export type Meaning =
  | CommandMeaning
  | AnswerMeaning
  | ButtonMeaning
  | RefusedMeaning
  | { readonly kind: 'form'; readonly form: FormAnswers }
  | { readonly kind: 'confirmed'; readonly pending: Pending; readonly yes: boolean }
  /** Something asked in the middle of it all. */
  | { readonly kind: 'question'; readonly text: string }
  /** Several answers in one message. */
  | { readonly kind: 'several'; readonly heard: readonly Heard[] }
  /** An earlier answer taken back, with its new value. */
  | { readonly kind: 'correction'; readonly question: string; readonly value: AnswerValue }
  | {
      readonly kind: 'which'
      readonly options: readonly { readonly question: string; readonly value: string }[]
    }
  /** A region whose requirements were asked for. */
  | { readonly kind: 'province'; readonly region: string }
  | { readonly kind: 'talk'; readonly about: TalkAbout }
  | { readonly kind: 'ambiguous'; readonly values: readonly string[] }
  | { readonly kind: 'hello' | 'attachment' | 'empty' | 'too-long' | 'none' }

/** What needs an answer in kind and leaves the interview where it is. */
export type TalkAbout = 'emoji' | 'third-language' | 'insult' | 'instruction' | SmallTalk
export const SMALL_TALK = ['hello', 'thanks', 'bye', 'praise', 'who', 'laugh'] as const
export type SmallTalk = (typeof SMALL_TALK)[number]
