import { takeTurn } from '../../src/bot/turn/take-turn.ts'
import { resolveCase } from '../../src/bot/turn/brain.ts'
import { followingTurn } from '../../src/bot/turn/following/following-turn.ts'
import type { FollowingKit, FollowingResult, FollowingTurn } from '../../src/bot/turn/following/kit.ts'
import { turnAt } from '../../src/bot/turn/following/turn-at.ts'
import { loadFollowingWords } from '../../src/bot/turn/following/words.ts'
import { interpret } from '../../src/bot/turn/interpret.ts'
import { newTalk, type Standing } from '../../src/bot/turn/standing.ts'
import type { Incoming, Turn } from '../../src/bot/turn/turn.ts'
import { newCase } from '../../src/interview/case.ts'
import { optionsOf } from '../../src/interview/dialogs.ts'
import type { Language } from '../../src/language.ts'
import type { Answers } from '../../src/rules/answers.ts'
import { loadValueBook } from '../../src/rules/values/value-book.ts'
import { brain } from '../support/brain.ts'
import { book, rulesFolder } from './support.ts'

export const kit: FollowingKit = {
  book,
  words: loadFollowingWords(new URL('../../dialogs', import.meta.url).pathname),
  values: loadValueBook(rulesFolder),
}

/** A Hangzhou company's first filing, as far as the assessment needs it. */
export const hangzhou: Answers = {
  'service.kind': 'website',
  'server.region': 'mainland',
  'server.provider': 'alibaba-cloud',
  'entity.kind': 'enterprise',
  'entity.filing': 'none',
  'domain.filing': 'none',
  'website.services': ['none'],
  'website.commercial': 'no',
  'website.interactive': 'no',
  'entity.province': 'CN-ZJ',
  'order.open': 'no',
}

/** The answers with whatever else the interview asks, answered in the plainest way. */
export function completed(answers: Answers): Answers {
  let all = answers
  for (let asked = 0; asked < 60; asked += 1) {
    const question = resolveCase(brain, all, '2026-11-24').open?.question
    if (!question) return all
    const values = optionsOf(brain.book, question).map(({ value }) => value)
    const plain = ['later', 'no', 'mainland', 'entity'].find((value) => values.includes(value))
    const only = question.options?.[0]?.value ?? 'CN-ZJ'
    all = { ...all, [question.id]: question.field === undefined ? (plain ?? only) : 'unsure' }
  }
  throw new Error('the interview does not end')
}

export interface Spoken {
  /** All that a reader sees, as one text. */
  readonly text: string
  readonly result: FollowingResult
}

/** A conversation after the interview, through the turn as it is wired. */
export class Conversation {
  standing: Standing
  now: Date

  constructor(language: Language, answers: Answers, now = '2026-11-24T02:00:00Z') {
    const fresh = newCase('case', language, new Date(now))
    this.standing = { case: { ...fresh, answers }, talk: newTalk }
    this.now = new Date(now)
  }

  get following() {
    return this.standing.case.following
  }

  turn(): FollowingTurn {
    return turnAt(brain, kit, this.standing, this.now)
  }

  say(text: string): Spoken {
    return this.take({ kind: 'text', text })
  }

  take(incoming: Incoming): Spoken {
    const turn: Turn = this.turn()
    const meaning = interpret(turn, incoming)
    const result =
      followingTurn(kit, turn, incoming, meaning.kind, this.now) ??
      takeTurn(brain, this.standing, incoming, turn.asOf)
    this.standing = result.standing
    return { text: JSON.stringify(result.replies), result }
  }
}
