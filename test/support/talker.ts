import { takeTurn } from '../../src/bot/turn/take-turn.ts'
import { newTalk, type Standing } from '../../src/bot/turn/standing.ts'
import type { Incoming } from '../../src/bot/turn/turn.ts'
import { newCase } from '../../src/interview/case.ts'
import type { Language } from '../../src/language.ts'
import type { FormAnswers, Message, Payload } from '../../src/rendering/message.ts'
import { brain, TODAY } from './brain.ts'

/** Somebody to talk to: the pure turn, or the whole product behind one of its channels. */
export interface Talker {
  hello(): Promise<readonly Message[]>
  text(text: string): Promise<readonly Message[]>
  press(payload: Payload, label: string): Promise<readonly Message[]>
}

/** Talks to the pure turn: no store, no channel. */
export function pureTalker(
  language: Language,
  asOf = TODAY,
): Talker & {
  form(form: FormAnswers): Promise<readonly Message[]>
  file(): Promise<readonly Message[]>
  standing(): Standing
} {
  let standing: Standing = { case: newCase('story', language, new Date(0)), talk: newTalk }
  const turn = async (incoming: Incoming) => {
    const result = takeTurn(brain, standing, incoming, asOf)
    standing = result.standing
    return result.replies
  }
  return {
    hello: () => turn({ kind: 'hello' }),
    text: (text) => turn({ kind: 'text', text }),
    press: (payload) => turn({ kind: 'payload', payload }),
    form: (form) => turn({ kind: 'form', form }),
    file: () => turn({ kind: 'attachment' }),
    standing: () => standing,
  }
}
