import { isWorkingDay } from '../../interview/following/working-days.ts'
import type { Language } from '../../language.ts'
import type { Message } from '../../rendering/message.ts'
import { escapeMarkdown } from '../../rendering/compose/context.ts'
import { normalise } from '../../understanding/normalise.ts'
import type { Store } from '../../store/port.ts'
import { DueWorker } from '../due-worker.ts'
import { clock as clockText, lineCard } from './cards.ts'
import { carryOut, type EffectPorts } from './effects.ts'
import { Handoffs, type Applied } from './handoffs.ts'
import { isOpen, nextOpening, type DeskHours } from './hours.ts'
import { toldMessage } from './messages.ts'
import { heardByPerson, type OwnershipEvent } from './ownership.ts'
import type { DeskPhrase } from './phrase-ids.ts'
import type { DeskPlace, Handoff, HandoffReason, StaffMember } from './record.ts'
import { Timers, type Waits } from './timers.ts'
import { sayDesk, type DeskWords } from './words.ts'

export interface DeskOptions extends EffectPorts {
  readonly store: Store
  readonly clock: () => Date
  /** When staff are there, and the same as people read it. */
  readonly hours: DeskHours
  readonly hoursText: string
  readonly waits: Waits
  readonly onError: (error: unknown) => void
}

/** Where an applicant writes from. */
export interface Asking {
  readonly caseId: string
  readonly place: Handoff['place']
  readonly language: Language
  /** The channel's id of the message, the same when it is delivered again. */
  readonly activityId: string
}

/** What became of something an applicant wrote. */
export interface Heard {
  readonly replies: readonly Message[]
  /** The bot puts its open question again. */
  readonly resume?: true
}

/**
 * The hand-off to a person and back: the applicant's side, the staff's side, and what has to follow from each change.
 * Every change goes through the table of ownership; what follows from it is kept with it and carried out after,
 * again after a crash, each under an id of its own.
 */
export class Desk {
  readonly handoffs: Handoffs
  readonly #options: DeskOptions
  readonly #timers: Timers
  readonly #worker: DueWorker

  constructor(options: DeskOptions) {
    const { store, clock, onError, waits } = options
    this.#options = options
    this.handoffs = new Handoffs(store)
    this.#timers = new Timers({ store, clock, waits, handoffs: this.handoffs })
    this.#worker = new DueWorker({
      queue: this.#timers.queue,
      clock,
      onError,
      work: async ({ value }) => {
        const due = await this.#timers.read(value)
        if (due?.event) await this.#happen(due.caseId, due.event, { id: due.id })
        if (due) await this.settle(due.caseId)
      },
    })
  }

  get words(): DeskWords {
    return this.#options.words
  }

  start(): void {
    this.#worker.start()
  }

  stop(): Promise<void> {
    return this.#worker.stop()
  }

  /** Whether a person can be had at all: somewhere staff hear of it. */
  async exists(): Promise<boolean> {
    return (await this.#options.lobbies()).length > 0
  }

  /** A person is wanted. Says what will happen, after it was looked whether anybody is there. */
  async ask(asking: Asking, reason: HandoffReason, lastWords?: string): Promise<readonly Message[]> {
    const { clock, hours } = this.#options
    const open = isOpen(hours, clock(), isWorkingDay)
    const { caseId, place, language, activityId } = asking
    if (lastWords !== undefined) await this.#keep(asking, lastWords)
    const applied = await this.#happen(caseId, open ? 'ask' : 'ask-away', {
      id: activityId,
      place,
      language,
      reason,
      ...(lastWords === undefined ? {} : { data: { said: lastWords } }),
    })
    await this.settle(caseId)
    if (!applied.handoff) return []
    const after = applied.handoff
    return [after.state === 'assigned' ? this.#say(language, 'passed-on') : await this.#waiting(after, open)]
  }

  /**
   * What an applicant typed while a person is wanted or there. Undefined where the bot has the conversation.
   */
  async hears(asking: Asking, text: string): Promise<Heard | undefined> {
    const { words } = this.#options
    const { caseId, language, activityId } = asking
    const current = await this.handoffs.get(caseId)
    if (!current) return undefined
    const waiting = current.state === 'requested' || heardByPerson(current.state)
    if (waiting && words.back.has(normalise(text))) {
      await this.#happen(caseId, 'cancel', { id: activityId, data: { inTurn: 'yes' } })
      await this.settle(caseId)
      return { replies: [this.#say(language, 'back-to-bot')], resume: true }
    }
    const rating = /^[1-5]$/.exec(text.trim())?.[0]
    if (rating !== undefined && ratingAsked(current)) {
      await this.#happen(caseId, 'rate', { rating: Number(rating) })
      return { replies: [this.#say(language, 'rating-thanks')], resume: true }
    }
    if (!heardByPerson(current.state)) return undefined
    await this.#keep(asking, text)
    await this.#happen(caseId, 'applicant-said', {
      id: activityId,
      place: asking.place,
      data: { said: text },
    })
    await this.settle(caseId)
    // To a person who is there, the message itself is enough: an answer to every line would be in the way.
    return { replies: current.state === 'queued' ? [this.#say(language, 'passed-on')] : [] }
  }

  async claim(typed: string, staff: StaffMember, desk: DeskPlace, id: string): Promise<Claimed> {
    const found = await this.handoffs.byId(typed)
    if (!found) return { ok: false, handoff: undefined }
    const again = found.state === 'assigned' && sameStaff(found.owner, staff)
    if (again) return { ok: true, handoff: found }
    const applied = await this.#happen(found.caseId, 'claim', { id, staff, desk, data: { name: staff.name } })
    await this.settle(found.caseId)
    return { ok: applied.ok, handoff: applied.handoff }
  }

  /** Passes a line of the owner's on. Refused where somebody else has the conversation, or nobody. */
  async say(typed: string, staff: StaffMember, text: string, id: string): Promise<Claimed> {
    return this.#own(typed, staff, 'staff-said', id, { said: text, name: staff.name }, async (handoff) => {
      const at = this.#options.clock().getTime()
      await this.handoffs.note(handoff.id, id, { at, who: 'staff', name: staff.name, text })
    })
  }

  release(typed: string, staff: StaffMember, id: string): Promise<Claimed> {
    return this.#own(typed, staff, 'release', id, { name: staff.name })
  }

  close(typed: string, staff: StaffMember, id: string): Promise<Claimed> {
    return this.#own(typed, staff, 'close', id, { name: staff.name })
  }

  /** Takes over what a colleague has: the colleague is told, the applicant too. */
  async take(typed: string, staff: StaffMember, desk: DeskPlace, id: string): Promise<Claimed> {
    const found = await this.handoffs.byId(typed)
    if (found?.state !== 'assigned' || sameStaff(found.owner, staff)) return { ok: false, handoff: found }
    const former = found.desk
    const applied = await this.#happen(found.caseId, 'transfer', {
      id,
      staff,
      desk,
      data: { name: staff.name },
    })
    await this.settle(found.caseId)
    if (applied.ok && former && former.conversation !== desk.conversation)
      await this.#tellFormer(found, former, staff, id)
    return { ok: applied.ok, handoff: applied.handoff }
  }

  /** The conversations a member of staff has, of this place first. */
  async ownedBy(staff: StaffMember, desk?: DeskPlace): Promise<readonly Handoff[]> {
    const owned = (await this.handoffs.open()).filter(
      ({ state, owner }) => state === 'assigned' && sameStaff(owner, staff),
    )
    const here = owned.filter((one) => one.desk?.conversation === desk?.conversation)
    return [...here, ...owned.filter((one) => !here.includes(one))]
  }

  async forget(caseId: string): Promise<void> {
    await this.#timers.forget(caseId)
    await this.handoffs.forget(caseId)
  }

  async #own(
    typed: string,
    staff: StaffMember,
    event: OwnershipEvent,
    id: string,
    data: Readonly<Record<string, string>>,
    first: (handoff: Handoff) => Promise<void> = async () => undefined,
  ): Promise<Claimed> {
    const found = await this.handoffs.byId(typed)
    if (!found || found.state !== 'assigned' || !sameStaff(found.owner, staff))
      return { ok: false, handoff: found }
    await first(found)
    const applied = await this.#happen(found.caseId, event, { id, data })
    await this.settle(found.caseId)
    return { ok: applied.ok, handoff: applied.handoff }
  }

  /** A wake-up is kept before the change, so that what follows from it is carried out whatever happens after. */
  async #happen(
    caseId: string,
    event: OwnershipEvent,
    details: Omit<Parameters<Handoffs['apply']>[2], 'now'>,
  ): Promise<Applied> {
    await this.#timers.wakeUp(caseId)
    const applied = await this.handoffs.apply(caseId, event, { ...details, now: this.#options.clock() })
    if (applied.ok) await this.#timers.plan(applied.handoff, event)
    return applied
  }

  /** Carries out what is pending, oldest first. */
  async settle(caseId: string): Promise<void> {
    const handoff = await this.handoffs.get(caseId)
    for (const pending of handoff?.pending ?? []) {
      if (handoff) await carryOut(this.#options, handoff, pending)
      await this.handoffs.done(caseId, pending.id)
    }
  }

  async #keep({ caseId, activityId }: Asking, text: string): Promise<void> {
    const handoff = await this.handoffs.get(caseId)
    if (!handoff) return
    const at = this.#options.clock().getTime()
    await this.handoffs.note(handoff.id, activityId, { at, who: 'applicant', text })
  }

  async #waiting(handoff: Handoff, open: boolean): Promise<Message> {
    const { hours, hoursText, clock, words } = this.#options
    const { language, id } = handoff
    if (!open) {
      const opening = nextOpening(hours, clock(), isWorkingDay)
      const when = opening === undefined ? '—' : clockText(opening.getTime(), language)
      return this.#say(language, 'away', { id, hours: hoursText, opening: when })
    }
    const ahead = (await this.handoffs.open()).filter(
      (one) => one.state === 'queued' && one.askedAt < handoff.askedAt,
    ).length
    return this.#say(language, 'queued', { id, ahead, back: words.backSaid[language] })
  }

  async #tellFormer(
    { id }: Handoff,
    former: DeskPlace,
    staff: StaffMember,
    activityId: string,
  ): Promise<void> {
    const { words, language, post } = this.#options
    const text = sayDesk(words, language, 'transferred', { id, name: escapeMarkdown(staff.name) })
    await post(former, lineCard(language, text), `${id}:${activityId}:former`)
  }

  #say(
    language: Language,
    phrase: DeskPhrase,
    values: Readonly<Record<string, string | number>> = {},
  ): Message {
    return toldMessage(this.#options.words, language, phrase, values)
  }
}

export interface Claimed {
  readonly ok: boolean
  /** How it stands now: who has it where it could not be had. */
  readonly handoff: Handoff | undefined
}

function ratingAsked({ state, rating }: Handoff): boolean {
  return (state === 'released' || state === 'closed') && rating === undefined
}

export function sameStaff(one: StaffMember | undefined, other: StaffMember): boolean {
  return one?.channel === other.channel && one.tenant === other.tenant && one.user === other.user
}
