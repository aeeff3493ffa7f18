import { isWorkingDay } from '../../interview/following/working-days.ts'
import type { Language } from '../../language.ts'
import type { Message } from '../../rendering/message.ts'
import { escapeMarkdown } from '../../rendering/compose/context.ts'
import type { Store } from '../../store/port.ts'
import { clausesOf } from '../../trust/known.ts'
import { redact } from '../../trust/redact.ts'
import { hide } from '../../trust/scope.ts'
import { bare } from '../../understanding/normalise.ts'
import { DueWorker, type DueWorkerOptions } from '../due-worker.ts'
import { Serial } from '../serial.ts'
import { clock as clockText, lineCard } from './cards.ts'
import { carryOut, type EffectPorts } from './effects.ts'
import { Handoffs, sameStaff, type Applied } from './handoffs.ts'
import { hoursText, isOpen, nextOpening, type DeskHours } from './hours.ts'
import { ratingSaid, toldMessage } from './messages.ts'
import { heardByPerson, type OwnershipEvent } from './ownership.ts'
import type { DeskPhrase } from './phrase-ids.ts'
import type { DeskPlace, Handoff, HandoffReason, Pending, StaffMember } from './record.ts'
import { Timers, type Waits } from './timers.ts'
import { sayDesk, type DeskWords } from './words.ts'

export interface DeskOptions extends EffectPorts {
  readonly store: Store
  readonly clock: () => Date
  /** When staff are there. */
  readonly hours: DeskHours
  readonly waits: Waits
  /** Told how long somebody waited for a person, and how the wait ended. */
  readonly onWaited?: (outcome: 'claimed' | 'left' | 'closed', ms: number) => void
  readonly onError: (error: unknown) => void
  readonly onDead?: DueWorkerOptions['onDead']
  readonly everyMs?: number
}

/** Where an applicant writes from. */
export interface Asking {
  readonly caseId: string
  readonly place: Handoff['place']
  readonly language: Language
  /** The channel's id of the message, the same when it is delivered again. */
  readonly activityId: string
}

/** What an applicant says; a rating comes from its button. */
export type Said =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'rating'; readonly rating: number }

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
  readonly #settling = new Serial()

  constructor(options: DeskOptions) {
    const { store, clock, onError, onDead, waits, hours, everyMs } = options
    this.#options = options
    this.handoffs = new Handoffs(store)
    const opening = (now: Date) => nextOpening(hours, now, isWorkingDay)
    this.#timers = new Timers({ store, clock, waits, opening, handoffs: this.handoffs })
    this.#worker = new DueWorker({
      queue: this.#timers.queue,
      ...{ clock, onError, onDead },
      ...(everyMs === undefined ? {} : { everyMs }),
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

  /** Works off what is due now. */
  runOnce(): Promise<void> {
    return this.#worker.runOnce()
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
    const said = lastWords === undefined ? undefined : redact(lastWords)
    const applied = await this.#happen(caseId, open ? 'ask' : 'ask-away', {
      id: activityId,
      ...{ place, language, reason },
      data: { inTurn: 'yes', ...(said === undefined ? {} : { said }) },
    })
    if (said !== undefined) await this.#keep(asking, said)
    await this.#settleNow(caseId)
    if (!applied.handoff) return []
    const after = applied.handoff
    return [after.state === 'assigned' ? this.#say(language, 'passed-on') : await this.#waiting(after, open)]
  }

  /**
   * What an applicant said while a person is wanted or there. Undefined where the bot has the conversation.
   * @param forStaff whether the words may be kept for staff while the bot goes on; not where they may be an answer
   * that is nobody's business
   */
  async hears(asking: Asking, what: Said, forStaff: () => boolean): Promise<Heard | undefined> {
    const { words } = this.#options
    const { caseId, language, activityId } = asking
    const current = await this.handoffs.get(caseId)
    if (!current) return undefined
    const rating = what.kind === 'rating' ? what.rating : ratingSaid(words, what.text)
    if (rating !== undefined && ratingAsked(current)) {
      await this.#happen(caseId, 'rate', { id: activityId, rating })
      return { replies: [this.#say(language, 'rating-thanks')], resume: true }
    }
    if (what.kind === 'rating') return undefined
    const byPerson = heardByPerson(current.state)
    if (!byPerson && current.state !== 'requested') return undefined
    if (words.back.has(bare(what.text))) {
      await this.#happen(caseId, 'cancel', { id: activityId, data: { inTurn: 'yes' } })
      await this.#settleNow(caseId)
      return { replies: [this.#say(language, 'back-to-bot')], resume: true }
    }
    if (!byPerson && !forStaff()) return undefined
    // Numbers of people, codes and links are no more staff's to see here than anywhere else.
    const said = redact(what.text)
    const applied = await this.#happen(caseId, 'applicant-said', {
      id: activityId,
      place: asking.place,
      data: { said },
    })
    await this.#keep(asking, said)
    await this.#settleNow(caseId)
    // Given back, or left, at the very same moment: then it is the bot's to answer.
    if (!applied.ok || !heardByPerson(applied.handoff.state)) return undefined
    // To a person who is there, the message itself is enough: an answer to every line would be in the way.
    return { replies: applied.handoff.state === 'queued' ? [this.#say(language, 'passed-on')] : [] }
  }

  async claim(typed: string, staff: StaffMember, desk: DeskPlace, id: string): Promise<Claimed> {
    const found = await this.handoffs.byId(typed)
    if (!found) return { ok: false, handoff: undefined }
    const again = found.state === 'assigned' && sameStaff(found.owner, staff)
    if (again) return { ok: true, handoff: found }
    const applied = await this.#happen(found.caseId, 'claim', { id, staff, desk, data: named(staff) })
    await this.#settleNow(found.caseId)
    return { ok: applied.ok, handoff: applied.handoff }
  }

  /** Passes a line of the owner's on. Refused where somebody else has the conversation, or nobody. */
  async say(typed: string, staff: StaffMember, text: string, id: string): Promise<Claimed> {
    const done = await this.#own(typed, staff, 'staff-said', id, { said: text })
    const { ok, handoff } = done
    const at = this.#options.clock().getTime()
    if (ok && handoff) await this.handoffs.note(handoff.id, id, { at, who: 'staff', name: staff.name, text })
    return done
  }

  release(typed: string, staff: StaffMember, id: string): Promise<Claimed> {
    return this.#own(typed, staff, 'release', id)
  }

  close(typed: string, staff: StaffMember, id: string): Promise<Claimed> {
    return this.#own(typed, staff, 'close', id)
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
      data: named(staff),
    })
    await this.#settleNow(found.caseId)
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

  /** Everything kept of a case that is deleted goes; whoever waited for it or had it is told. */
  async forget(caseId: string): Promise<void> {
    const handoff = await this.handoffs.get(caseId)
    await this.#timers.forget(caseId)
    await this.handoffs.forget(caseId)
    if (handoff && heardByPerson(handoff.state))
      await this.#tellGone(handoff).catch((error: unknown) => this.#options.onError(error))
  }

  async #own(
    typed: string,
    staff: StaffMember,
    event: OwnershipEvent,
    id: string,
    data: Readonly<Record<string, string>> = {},
  ): Promise<Claimed> {
    const found = await this.handoffs.byId(typed)
    if (!found) return { ok: false, handoff: undefined }
    const applied = await this.#happen(found.caseId, event, {
      ...{ id, staff },
      data: { ...named(staff, found.owner), ...data },
    })
    await this.#settleNow(found.caseId)
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
    if (!applied.ok || applied.again) return applied
    await this.#timers.plan(applied.handoff, event)
    const { before, handoff } = applied
    const waited = waitEnded(before, handoff)
    if (waited)
      this.#options.onWaited?.(waited, this.#options.clock().getTime() - (before?.askedAt ?? handoff.askedAt))
    return applied
  }

  /** Carries out what is pending, oldest first. */
  async settle(caseId: string): Promise<void> {
    await this.#settling.run(caseId, async () => {
      const handoff = await this.handoffs.get(caseId)
      const ports = { ...this.#options, transcript: (id: string) => this.handoffs.transcript(id) }
      // Where a channel refuses, its error may quote what was to be said.
      hide(() => handoff?.pending.flatMap(wordsOf) ?? [])
      for (const pending of handoff?.pending ?? []) {
        if (handoff) await carryOut(ports, handoff, pending)
        await this.handoffs.done(caseId, pending.id)
      }
    })
  }

  /** Now, or where a channel is away just now, by the wake-up a little later: it is nobody's fault who speaks here. */
  async #settleNow(caseId: string): Promise<void> {
    await this.settle(caseId).catch((error: unknown) => this.#options.onError(error))
  }

  async #keep({ caseId, activityId }: Asking, text: string): Promise<void> {
    const handoff = await this.handoffs.get(caseId)
    if (!handoff) return
    const at = this.#options.clock().getTime()
    await this.handoffs.note(handoff.id, activityId, { at, who: 'applicant', text })
  }

  async #waiting(handoff: Handoff, open: boolean): Promise<Message> {
    const { hours, clock, words } = this.#options
    const { language, id } = handoff
    if (!open) {
      const opening = nextOpening(hours, clock(), isWorkingDay)
      const when = opening === undefined ? '—' : clockText(opening.getTime(), language)
      return this.#say(language, 'away', { id, hours: hoursText(hours, language), opening: when })
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

  async #tellGone({ id, turn, desk }: Handoff): Promise<void> {
    const { words, language, post, lobbies } = this.#options
    const card = lineCard(language, sayDesk(words, language, 'deleted', { id }))
    for (const [at, place] of (desk ? [desk] : await lobbies()).entries())
      await post(place, card, `${id}:${turn}:deleted:${at}`)
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

function wordsOf({ data, lines = [] }: Pending): readonly string[] {
  return [data['said'] ?? '', ...lines].flatMap(clausesOf)
}

function ratingAsked({ state, rating }: Handoff): boolean {
  return (state === 'released' || state === 'closed') && rating === undefined
}

/** Some platforms tell a name with a button only: then it is known from the claim. */
function named(staff: StaffMember, owner?: StaffMember): Readonly<Record<string, string>> {
  const known = staff.name === staff.user && sameStaff(owner, staff) ? owner : staff
  return { name: known?.name ?? staff.name, user: staff.user }
}

function waitEnded(
  before: Handoff | undefined,
  { state }: Handoff,
): 'claimed' | 'left' | 'closed' | undefined {
  if (before?.state !== 'requested' && before?.state !== 'queued') return undefined
  if (state === 'assigned') return 'claimed'
  if (state === 'closed') return 'closed'
  return state === 'bot' ? 'left' : undefined
}
