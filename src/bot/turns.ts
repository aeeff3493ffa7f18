import { setTimeout as pause } from 'node:timers/promises'
import { AppError } from '../errors.ts'
import { nearestLanguage, type Language } from '../language.ts'
import type { CaseView } from '../rendering/case-view.ts'
import { caseView } from '../rendering/compose/case-view/case-view.ts'
import type { Message } from '../rendering/message.ts'
import type { Json, Store } from '../store/port.ts'
import { conversationKey, turnId } from './keys.ts'
import { answerCaseRequest } from './case-code-desk.ts'
import { readCaseRequest } from './case-code-request.ts'
import type { CaseCodes } from './case-code.ts'
import type { Reminders } from './reminders.ts'
import { Serial } from './serial.ts'
import { dayInShanghai } from './today.ts'
import {
  forgetCase,
  forgetTalk,
  loadTurn,
  markDelivered,
  saveTurn,
  type Answered,
  type Loaded,
  type TurnAddress,
} from './turn-records.ts'
import { composing, resolveCase, type Brain } from './turn/brain.ts'
import type { Case } from '../interview/case.ts'
import { judgePage, type ReadPage } from './turn/following/page.ts'
import { pageAsked } from './turn/following/page-asked.ts'
import { turnAt } from './turn/following/turn-at.ts'
import { takeFirstTurn } from './turn/first-turn.ts'
import { takeTurn } from './turn/take-turn.ts'
import type { Incoming, TurnResult } from './turn/turn.ts'

export interface TurnsOptions {
  readonly store: Store
  readonly brain: Brain
  readonly clock: () => Date
  /** Told when everything kept of a case was deleted, so that the channel's transcript goes too. */
  readonly onForget?: (delivery: Delivery) => Promise<void>
  /** Opens a case in more than one conversation. */
  readonly codes?: CaseCodes
  readonly reminders?: Pick<Reminders, 'announce' | 'plan' | 'forget'>
  /** Fetches a page whose foot is to be checked. */
  readonly readPage?: ReadPage
  /** Told of a reviewer's text that fits no known reason, with its numbers hidden. */
  readonly onUnmatched?: (text: string, address: TurnAddress) => Promise<void>
  /** Told of a question that no fact answers. */
  readonly onUnanswered?: (question: string, address: TurnAddress) => Promise<void>
}

/** One message as a channel delivered it. Delivered again it has the same ids. */
export interface Delivery {
  readonly channelId: string
  readonly conversationId: string
  readonly activityId: string
  /** BCP 47 tag of the person's language, as far as the channel knows it. */
  readonly locale: string | undefined
  readonly incoming: Incoming
  /** What the channel needs to speak first in this conversation later. */
  readonly reference?: Json
}

export interface TurnReplies {
  readonly replies: readonly Message[]
  /** Whether these replies are known to have reached the channel already. */
  readonly delivered: boolean
  /** The whole case as it stands after the turn. Worked out when it is called: not every channel shows it. */
  readonly view: () => CaseView
  /** To be called after sending, by channels on which sending twice shows twice. */
  markDelivered(): Promise<void>
}

interface Taken {
  readonly answered: Answered
  readonly current: Case
}

/** Times a turn is taken anew after another process was faster with the same case. */
const TRIES = 6
const DEFAULT_LANGUAGE: Language = 'zh-CN'

/**
 * Takes turns: one after the other for each conversation, each exactly once in effect. What a turn changes and
 * what it replies are written in one batch before anything is sent; a message that comes again gets the same
 * replies again.
 */
export class Turns {
  readonly #options: TurnsOptions
  readonly #serial = new Serial()

  constructor(options: TurnsOptions) {
    this.#options = options
  }

  /** @throws AppError store-conflict after several lost races, and what the store throws: nothing is written then */
  async take(delivery: Delivery): Promise<TurnReplies> {
    const conversation = conversationKey(delivery.channelId, delivery.conversationId)
    return this.#serial.run(conversation, async () => {
      const address: TurnAddress = {
        caseId: (await this.#options.codes?.caseOf(conversation)) ?? conversation,
        conversation,
        turn: turnId(delivery.activityId),
      }
      const { answered, current } = await this.#answer(address, delivery)
      return {
        replies: answered.replies,
        view: () => this.#view(current),
        delivered: answered.delivered,
        markDelivered: () => markDelivered(this.#options.store, address, answered),
      }
    })
  }

  #view(current: Case): CaseView {
    const { brain, clock } = this.#options
    const resolution = resolveCase(brain, current.answers, dayInShanghai(clock()))
    return caseView(composing(brain, current), current, resolution)
  }

  async #answer(address: TurnAddress, delivery: Delivery): Promise<Taken> {
    const { store, clock, onUnanswered, onUnmatched, reminders } = this.#options
    const language = nearestLanguage(delivery.locale) ?? DEFAULT_LANGUAGE
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const now = clock()
      const loaded = await loadTurn(store, address, language, now)
      if (loaded.answered) return { answered: loaded.answered, current: loaded.standing.case }
      const result = await this.#turn(loaded, delivery, now)
      // Deadlines follow from the answers too, so any change of a case that is followed counts.
      const followed =
        result.standing.case.following !== undefined && result.standing.case !== loaded.standing.case
      if (followed && !result.forget) await reminders?.announce(address.caseId, delivery)
      const version = result.forget
        ? await forgetCase(store, address, loaded, result.replies)
        : await saveTurn(store, address, loaded, result, now)
      if (version !== undefined) {
        if (result.forget) await this.#forget(address.caseId, delivery)
        else if (followed) await reminders?.plan(address.caseId)
        if (result.unmatched !== undefined) await onUnmatched?.(result.unmatched, address)
        if (result.unanswered !== undefined) await onUnanswered?.(result.unanswered, address)
        const answered = { replies: result.replies, delivered: false, version }
        return { answered, current: result.standing.case }
      }
      await pause(Math.random() * 20 * attempt)
    }
    throw new AppError('store-conflict', {
      detail: `The case changed ${TRIES} times while one message was being answered.`,
      remedy: 'Send the message again.',
    })
  }

  async #turn({ standing, fresh }: Loaded, delivery: Delivery, now: Date): Promise<TurnResult> {
    const { brain, codes, readPage } = this.#options
    const { incoming } = delivery
    const { words } = brain.following
    const request = codes && incoming.kind === 'text' ? readCaseRequest(words, incoming.text) : undefined
    if (codes && request) {
      const { replies, caseId } = await answerCaseRequest(codes, words, request, standing.case, delivery)
      return {
        standing,
        replies: [...replies, ...(caseId === undefined ? [] : await this.#greeting(caseId, delivery, now))],
      }
    }
    const page = readPage && pageAsked(brain.following, standing.case, incoming)
    if (readPage && page !== undefined)
      return judgePage(turnAt(brain, brain.following, standing, now), await readPage(page))
    const take = fresh ? takeFirstTurn : takeTurn
    return take(brain, standing, incoming, dayInShanghai(now), now)
  }

  /** Where the case stands to which a conversation was just attached. */
  async #greeting(caseId: string, { channelId, conversationId, activityId }: Delivery, now: Date) {
    const { store, brain } = this.#options
    const address = {
      caseId,
      conversation: conversationKey(channelId, conversationId),
      turn: turnId(activityId),
    }
    const { standing } = await loadTurn(store, address, DEFAULT_LANGUAGE, now)
    return takeTurn(brain, standing, { kind: 'hello' }, dayInShanghai(now), now).replies
  }

  /** What is kept of a deleted case elsewhere: reminders, code, other conversations and their transcripts. */
  async #forget(caseId: string, delivery: Delivery): Promise<void> {
    const { codes, reminders, onForget, store } = this.#options
    await reminders?.forget(caseId)
    const places = (await codes?.forget(caseId)) ?? []
    await onForget?.(delivery)
    const here = conversationKey(delivery.channelId, delivery.conversationId)
    for (const place of places) {
      const conversation = conversationKey(place.channelId, place.conversationId)
      if (conversation === here) continue
      await forgetTalk(store, caseId, conversation)
      await onForget?.({ ...delivery, ...place })
    }
  }
}
