import type { Language } from '../../language.ts'
import type { DeskCard } from '../../rendering/desk-card.ts'
import { escapeMarkdown } from '../../rendering/compose/context.ts'
import { lineCard } from '../handoff/cards.ts'
import type { Claimed, Desk } from '../handoff/desk.ts'
import { minutesSince } from '../handoff/effects.ts'
import type { Lobbies } from '../handoff/lobbies.ts'
import type { DeskPhrase } from '../handoff/phrase-ids.ts'
import type { DeskPlace, Handoff, StaffMember } from '../handoff/record.ts'
import { sayDesk } from '../handoff/words.ts'

/** What a member of staff said, and where. */
export interface StaffSaid {
  readonly staff: StaffMember
  readonly desk: DeskPlace
  /** The chat all of it, where that was a thread of one. */
  readonly chat: DeskPlace
  /** In plain characters, for reading commands: `：` is `:`. */
  readonly text: string
  /** As it was typed, for passing on. */
  readonly typed: string
  readonly activityId: string
  /** In a chat with the bot alone, or in a thread of its own: what is no command goes to the applicant. */
  readonly group: boolean
}

export interface HandoffDeskOptions {
  readonly desk: Desk
  readonly lobbies: Lobbies
  readonly language: Language
  readonly clock: () => Date
}

const COMMANDS =
  /^(claim|release|close|reply|take|queue|watch|unwatch|接手|交还|结束|回复|转接|排队|关注|取消关注)(?:\s+([\s\S]*))?$/i
const NAMES: Readonly<Record<string, string>> = {
  接手: 'claim',
  交还: 'release',
  结束: 'close',
  回复: 'reply',
  转接: 'take',
  排队: 'queue',
  关注: 'watch',
  取消关注: 'unwatch',
}

/** What a hand-off is called, as staff type it: a word of a sentence is none. */
const ID = /^#?[2-9A-HJKMNP-TV-Z]{5}$/i

/** The staff's side of a hand-off in words: `claim 7K2M3`, `release`, `close`, `reply 7K2M3 text`, `queue`. */
export class HandoffDesk {
  readonly #options: HandoffDeskOptions

  constructor(options: HandoffDeskOptions) {
    this.#options = options
  }

  /** Undefined where what was said is no command of a hand-off: a line that merely begins like one is none. */
  async commands(said: StaffSaid): Promise<readonly DeskCard[] | undefined> {
    const [, word = '', rest = ''] = COMMANDS.exec(said.text.trim()) ?? []
    const name = NAMES[word] ?? word.toLowerCase()
    if (name === 'reply') {
      const [, id = '', text = ''] = /^\s*\S+\s+(\S+)\s+([\s\S]+)$/.exec(said.typed) ?? []
      return ID.test(id) ? this.#reply(said, id, text) : undefined
    }
    if (name === 'claim' && /^\S{1,20}$/.test(rest)) return this.#claim(said, rest)
    if (name === 'take' && /^\S{1,20}$/.test(rest)) return this.#take(said, rest)
    if (rest !== '' && !ID.test(rest)) return undefined
    if (name === 'release') return this.#end(said, rest, 'released')
    if (name === 'close') return this.#end(said, rest, 'ended')
    return rest === '' ? this.#ofThePlace(name, said) : undefined
  }

  async #ofThePlace(name: string, { chat }: StaffSaid): Promise<readonly DeskCard[] | undefined> {
    switch (name) {
      case 'queue':
        return this.#queue()
      case 'watch':
        await this.#options.lobbies.add(chat)
        return [this.#line('watching')]
      case 'unwatch':
        await this.#options.lobbies.remove(chat)
        return [this.#line('not-watching')]
      default:
        return undefined
    }
  }

  async #claim({ staff, desk, activityId }: StaffSaid, id: string): Promise<readonly DeskCard[]> {
    const claimed = await this.#options.desk.claim(id, staff, desk, activityId)
    // The winner is told by what follows from the claim.
    return claimed.ok ? [] : this.#refused(claimed, id)
  }

  async #end(said: StaffSaid, typed: string, phrase: 'released' | 'ended'): Promise<readonly DeskCard[]> {
    const id = typed === '' ? (await this.#mine(said))?.id : typed
    if (id === undefined) return [this.#line('over', { id: typed })]
    const { desk } = this.#options
    const done =
      phrase === 'released'
        ? await desk.release(id, said.staff, said.activityId)
        : await desk.close(id, said.staff, said.activityId)
    return done.ok ? [this.#line(phrase, { id: done.handoff?.id ?? id })] : this.#refused(done, id)
  }

  async #reply({ staff, activityId }: StaffSaid, id: string, text: string): Promise<readonly DeskCard[]> {
    const done = await this.#options.desk.say(id, staff, text, activityId)
    return done.ok ? [this.#line('sent')] : this.#refused(done, id)
  }

  async #take({ staff, desk, activityId }: StaffSaid, id: string): Promise<readonly DeskCard[]> {
    const taken = await this.#options.desk.take(id, staff, desk, activityId)
    return taken.ok ? [] : this.#refused(taken, id)
  }

  async #queue(): Promise<readonly DeskCard[]> {
    const { desk, language, clock } = this.#options
    const open = await desk.handoffs.open()
    if (open.length === 0) return [this.#line('queue-empty')]
    const rows = open.map((one) => {
      const values = {
        id: one.id,
        state: this.#state(one),
        minutes: minutesSince(one.askedAt, clock()),
      }
      return { kind: 'text', text: sayDesk(desk.words, language, 'queue-row', values) } as const
    })
    const title = sayDesk(desk.words, language, 'queue-title', { count: open.length })
    const waiting = open.filter(({ state }) => state === 'queued').slice(0, 5)
    return [
      {
        language,
        blocks: [{ kind: 'heading', text: title }, ...rows],
        buttons: waiting.map(({ id }) => ({
          label: `${sayDesk(desk.words, language, 'claim')} ${id}`,
          command: `claim ${id}`,
        })),
      },
    ]
  }

  /** What is no command is for the applicant whose conversation is held here. */
  async toApplicant(said: StaffSaid): Promise<readonly DeskCard[] | undefined> {
    const mine = await this.#mine(said)
    if (mine?.desk?.conversation !== said.desk.conversation) return undefined
    const done = await this.#options.desk.say(mine.id, said.staff, said.typed, said.activityId)
    return done.ok ? [] : this.#refused(done, mine.id)
  }

  async #mine({ staff, desk }: StaffSaid): Promise<Handoff | undefined> {
    const [first, second] = await this.#options.desk.ownedBy(staff, desk)
    // Of two in the same chat, neither is meant without its number.
    const ambiguous = second !== undefined && second.desk?.conversation === first?.desk?.conversation
    return ambiguous ? undefined : first
  }

  #refused({ handoff }: Claimed, id: string): readonly DeskCard[] {
    const name = escapeMarkdown(handoff?.owner?.name ?? '')
    if (handoff?.state === 'assigned' && name !== '')
      return [this.#line('claim-lost', { id: handoff.id, name })]
    const known = handoff?.state === 'queued' || handoff?.state === 'requested'
    return [this.#line(known ? 'not-yours' : 'over', { id: escapeMarkdown(handoff?.id ?? id.slice(0, 20)) })]
  }

  #state({ state, owner }: Handoff): string {
    const { desk, language } = this.#options
    const name = escapeMarkdown(owner?.name ?? '')
    const phrase =
      state === 'requested' || state === 'assigned' ? (`state-${state}` as const) : 'state-queued'
    return sayDesk(desk.words, language, phrase, { name })
  }

  #line(phrase: DeskPhrase, values: Readonly<Record<string, string | number>> = {}): DeskCard {
    const { desk, language } = this.#options
    return lineCard(language, sayDesk(desk.words, language, phrase, values))
  }
}
