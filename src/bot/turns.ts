import { randomUUID } from 'node:crypto'
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
import type { CaseCodes, Place } from './case-code.ts'
import type { DownloadLinks } from './download-links.ts'
import { personalValues } from './personal-values.ts'
import type { TurnSeen } from './turn-seen.ts'
import { hide } from '../trust/scope.ts'
import { takeTurnWithProposals, type Proposing } from './desk/cases/in-turn.ts'
import type { Desk } from './handoff/desk.ts'
import { takeTurnWithDesk } from './handoff/in-turn.ts'
import type { Reminders } from './reminders.ts'
import type { Lease, Leases } from './lease.ts'
import { Serial } from './serial.ts'
import type { Withdrawals } from './withdrawals.ts'
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
import { isNewlyChecked, withLinks } from './turn/dossier.ts'
import { judgePage, type ReadPage } from './turn/following/page.ts'
import { pageAsked } from './turn/following/page-asked.ts'
import { turnAt } from './turn/following/turn-at.ts'
import { consented } from './turn/consents.ts'
import { takeFirstTurn } from './turn/first-turn.ts'
import { takeTurn } from './turn/take-turn.ts'
import type { Incoming, TurnResult } from './turn/turn.ts'

export interface TurnsOptions {
  readonly store: Store
  readonly brain: Brain
  readonly clock: () => Date
  /** Told when everything kept of a case was deleted, so that the channel's transcript goes too. */
  readonly onForget?: (delivery: Delivery, caseId: string) => Promise<void>
  /** Told before the first turn of a case is saved. */
  readonly onBegin?: (caseId: string, delivery: Delivery) => Promise<void>
  /** Told of what a turn did, for whoever counts. */
  readonly onSeen?: (seen: TurnSeen) => void
  /** Told of each turn that somebody else was faster with. */
  readonly onConflict?: () => void
  /** Opens a case in more than one conversation. */
  readonly codes?: CaseCodes
  /** Where several processes share the store: who may take the next turn of a case. */
  readonly leases?: Pick<Leases, 'take'> | undefined
  /** Brings a person in, where there are any. */
  readonly desk?: Desk
  /** Asks the applicant about changes that staff propose, where there are staff. */
  readonly proposing?: Proposing
  readonly reminders?: Pick<Reminders, 'announce' | 'plan' | 'forget'>
  /** Takes what was said before a consent was withdrawn out of the channels. */
  readonly withdrawals?: Pick<Withdrawals, 'begin'>
  /** Signs links to the files of a case. */
  readonly downloads?: DownloadLinks
  /** Fetches a page whose foot is to be checked. */
  readonly readPage?: ReadPage
  /** Told of a reviewer's text that fits no known reason, as it was typed. */
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
  readonly view: () => Promise<CaseView>
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
      const { caseId, lease } = await this.#begin(conversation)
      const address: TurnAddress = { caseId, conversation, turn: turnId(delivery.activityId) }
      const { answered, current } = await this.#answer(address, delivery, lease)
      return {
        replies: answered.replies,
        view: () => this.#view(current),
        delivered: answered.delivered,
        markDelivered: () => markDelivered(this.#options.store, address, answered),
      }
    })
  }

  /** The case of the conversation, with the right to its next turn. Whoever had it before may have changed the case. */
  async #begin(conversation: string): Promise<{ caseId: string; lease: Lease | undefined }> {
    const { codes, leases } = this.#options
    for (;;) {
      const caseId = (await codes?.caseOf(conversation)) ?? conversation
      const lease = await leases?.take(caseId)
      if (!lease?.waited || caseId === ((await codes?.caseOf(conversation)) ?? conversation))
        return { caseId, lease }
      await lease.release()
    }
  }

  /** The case a conversation is about, as it is kept. */
  async caseIn(place: Place): Promise<Case | undefined> {
    const loaded = await this.#load(place)
    return loaded.fresh ? undefined : loaded.standing.case
  }

  /**
   * Deletes the case a conversation is about, with all that belongs to it, as its applicant can in words.
   * @param when asked of the case as it is when it would go
   * @returns the case that went
   */
  async erase(place: Place, when: (current: Case) => boolean = () => true): Promise<Case | undefined> {
    const conversation = conversationKey(place.channelId, place.conversationId)
    return this.#serial.run(conversation, async () => {
      const { caseId, lease } = await this.#begin(conversation)
      const delivery: Delivery = {
        ...{ channelId: place.channelId, conversationId: place.conversationId, activityId: randomUUID() },
        ...{ locale: undefined, incoming: { kind: 'hello' } },
      }
      const address: TurnAddress = { caseId, conversation, turn: turnId(delivery.activityId) }
      try {
        const loaded = await loadTurn(this.#options.store, address, DEFAULT_LANGUAGE, this.#options.clock())
        if (loaded.fresh || !when(loaded.standing.case)) return undefined
        const version = await forgetCase(this.#options.store, address, loaded, [], lease?.fence)
        if (version === undefined) return undefined
        lease?.handedBack()
        await this.#forget(caseId, delivery)
        return loaded.standing.case
      } finally {
        await lease?.release()
      }
    })
  }

  async #load({ channelId, conversationId }: Place): Promise<Loaded> {
    const { store, codes, clock } = this.#options
    const conversation = conversationKey(channelId, conversationId)
    const caseId = (await codes?.caseOf(conversation)) ?? conversation
    return loadTurn(store, { caseId, conversation, turn: 'none' }, DEFAULT_LANGUAGE, clock())
  }

  async #view(current: Case): Promise<CaseView> {
    const { brain, clock, codes, downloads } = this.#options
    const resolution = resolveCase(brain, current.answers, dayInShanghai(clock()))
    const [code, links = []] = await Promise.all([codes?.codeOf(current.id), downloads?.links(current)])
    return caseView(composing(brain, current), current, resolution, {
      ...(code === undefined ? {} : { code }),
      ...(links.length === 0 ? {} : { downloads: links }),
    })
  }

  async #answer(address: TurnAddress, delivery: Delivery, first: Lease | undefined): Promise<Taken> {
    let lease = first
    try {
      for (let attempt = 1; attempt <= TRIES; attempt += 1) {
        const taken = await this.#attempt(address, delivery, lease)
        if (taken) return taken
        await pause(Math.random() * 20 * attempt)
        // Perhaps it was lost to somebody who took this process for dead.
        await lease?.release()
        lease = await this.#options.leases?.take(address.caseId)
      }
    } finally {
      await lease?.release()
    }
    throw new AppError('store-conflict', {
      detail: `The case changed ${TRIES} times while one message was being answered.`,
      remedy: 'Send the message again.',
    })
  }

  /** @returns undefined where somebody else was faster with the same case */
  async #attempt(
    address: TurnAddress,
    delivery: Delivery,
    lease: Lease | undefined,
  ): Promise<Taken | undefined> {
    const { store, clock, onUnanswered, onUnmatched, onBegin, onSeen, onConflict, reminders } = this.#options
    const language = nearestLanguage(delivery.locale) ?? DEFAULT_LANGUAGE
    const now = clock()
    const loaded = await loadTurn(store, address, language, now)
    hide(() => personalValues(this.#options.brain.dialogs, loaded.standing.case))
    if (loaded.answered) return { answered: loaded.answered, current: loaded.standing.case }
    if (loaded.fresh) await onBegin?.(address.caseId, delivery)
    const taken = await this.#turn(loaded, delivery, now)
    const settled = consented(this.#options.brain, loaded.standing.case, taken, now)
    const result = await this.#linked(loaded, settled, now)
    // Deadlines follow from the answers too, so any change of a case that is followed counts.
    const followed =
      result.standing.case.following !== undefined && result.standing.case !== loaded.standing.case
    if (followed && !result.forget) await reminders?.announce(address.caseId, delivery)
    const blank = result.withdrawn && (await this.#withdrawing(address, delivery))
    const version = result.forget
      ? await forgetCase(store, address, loaded, result.replies, lease?.fence)
      : await saveTurn(store, address, loaded, result, now, lease?.fence)
    if (version === undefined) {
      onConflict?.()
      return undefined
    }
    lease?.handedBack()
    await blank?.()
    const { standing: before, fresh } = loaded
    onSeen?.({ before, after: result.standing, replies: result.replies, fresh })
    if (result.forget) await this.#forget(address.caseId, delivery)
    else if (followed) await reminders?.plan(address.caseId)
    if (result.unmatched !== undefined) await onUnmatched?.(result.unmatched, address)
    if (result.unanswered !== undefined) await onUnanswered?.(result.unanswered, address)
    const answered = { replies: result.replies, delivered: false, version }
    return { answered, current: result.standing.case }
  }

  async #turn({ standing, fresh }: Loaded, delivery: Delivery, now: Date): Promise<TurnResult> {
    const { brain, codes, desk, proposing, readPage } = this.#options
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
    const asOf = dayInShanghai(now)
    const alone = () => take(brain, standing, incoming, asOf, now)
    const asked = { brain, standing, incoming, asOf, turn: turnId(delivery.activityId) }
    const taken = () => (proposing ? takeTurnWithProposals(proposing, asked, alone) : alone())
    return desk ? takeTurnWithDesk(desk, brain, standing, delivery, asOf, taken) : taken()
  }

  /** With the files where they were asked for, or where the answers were just confirmed. */
  async #linked({ standing: before }: Loaded, result: TurnResult, now: Date): Promise<TurnResult> {
    const { brain, downloads } = this.#options
    const { case: current } = result.standing
    if (!downloads || result.forget || (result.links === undefined && before.case === current)) return result
    const asOf = dayInShanghai(now)
    const resolution = resolveCase(brain, current.answers, asOf)
    const asked = result.links === 'asked'
    if (!asked && !isNewlyChecked(resolveCase(brain, before.case.answers, asOf), resolution)) return result
    const how = {
      asked,
      complete: resolution.open === undefined,
      minutes: downloads.minutes,
      version: current.revision,
    }
    return {
      ...result,
      replies: withLinks(brain.dossier, result.replies, await downloads.links(current), how),
    }
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

  /** Notes durably what else has to go with a consent. @returns what lets it go */
  async #withdrawing({ caseId }: TurnAddress, delivery: Delivery) {
    const { codes, proposing, withdrawals } = this.#options
    const { channelId, conversationId, activityId } = delivery
    await proposing?.proposals.forget(caseId)
    const others = (await codes?.placesOf(caseId)) ?? []
    const places = [
      { channelId, conversationId },
      ...others.filter((one) => one.channelId !== channelId || one.conversationId !== conversationId),
    ]
    return withdrawals?.begin({ caseId, places, activityId })
  }

  /** What is kept of a deleted case elsewhere: reminders, code, other conversations and their transcripts. */
  async #forget(caseId: string, delivery: Delivery): Promise<void> {
    const { codes, desk, proposing, reminders, onForget, store } = this.#options
    await reminders?.forget(caseId)
    await desk?.forget(caseId)
    await proposing?.proposals.forget(caseId)
    const places = (await codes?.forget(caseId)) ?? []
    await onForget?.(delivery, caseId)
    const here = conversationKey(delivery.channelId, delivery.conversationId)
    for (const place of places) {
      const conversation = conversationKey(place.channelId, place.conversationId)
      if (conversation === here) continue
      await forgetTalk(store, caseId, conversation)
      await onForget?.({ ...delivery, ...place }, caseId)
    }
  }
}
