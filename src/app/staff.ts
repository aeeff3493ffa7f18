import type { TurnContext } from 'botbuilder'
import { HandoffDesk } from '../bot/desk/handoff-desk.ts'
import { StaffBot, type DeskHandler } from '../bot/desk/staff-bot.ts'
import { isListed, senderOf } from '../bot/desk/staff.ts'
import type { BotFramework } from '../channels/bot-framework/mount.ts'
import { mountStaffChannels, staffChannelsOn } from '../channels/staff-channels.ts'
import { staffOf } from '../server/desk-variables.ts'
import type { DeskParts } from './desk.ts'
import type { Parts } from './parts.ts'
import type { Logic } from './speakers.ts'
import { timed } from './timed.ts'

const TEAMS = 'msteams'

/** Staff, as the channels meet them. */
export interface Staff {
  readonly logic: Logic
  /** Whether a turn of the Bot Framework's is one of staff: anybody else there is an applicant. */
  readonly isStaff: (context: TurnContext) => boolean
  /** Mounts the channels of staff; `teams` where the Bot Framework is on. */
  mount(teams: BotFramework | undefined): Promise<Running>
}

/** What works by itself once the server listens. */
export interface Running {
  start(): void
  stop(): Promise<void>
}

/** What the desk can do besides hand-offs. */
export interface DeskHandlers {
  /** Known by a first word, also in the thread of a conversation with an applicant. */
  readonly commands: readonly DeskHandler[]
  /** Take whatever is said; in such a thread it goes to the applicant instead. */
  readonly questions: readonly DeskHandler[]
}

export function createStaff(parts: Parts, deskParts: DeskParts, handlers: DeskHandlers): Staff {
  const { config, server, store, clock, log, metrics } = parts
  const { desk, lobbies, dress, speakers } = deskParts
  const language = config.DESK_LANGUAGE
  const staff = staffOf(config)
  const handoffs = new HandoffDesk({ ...{ desk, lobbies, language, clock } })
  const bot = new StaffBot({
    ...{ staff, dress, words: desk.words, language },
    handlers: [
      (said) => handoffs.commands(said),
      ...handlers.commands,
      (said) => handoffs.toApplicant(said),
      ...handlers.questions,
    ],
  })
  const logic: Logic = async (context) => bot.run(context)
  return {
    logic,
    isStaff: ({ activity }) => {
      const sender = activity.channelId === TEAMS ? senderOf(activity) : undefined
      return sender !== undefined && isListed(staff, sender)
    },
    mount: async (teams) => {
      if (teams) speakers.set(TEAMS, (reference, say) => teams.continueConversation(reference, say))
      const mounted = await mountStaffChannels(config, (name) => ({
        ...{ server, store, clock, log },
        logic: timed(metrics, name, logic),
      }))
      for (const [name, channel] of mounted) {
        const { adapter } = channel
        speakers.set(name, (reference, say) => adapter.continueConversation(reference, say))
        metrics.watchOutbox(name, () => adapter.outboxAgeMs())
        metrics.watchConnection(name, () => channel.connected())
      }
      const channels = [...mounted.values()]
      return {
        start: () => {
          for (const channel of channels) channel.start()
          desk.start()
        },
        stop: async () => {
          await desk.stop()
          for (const channel of channels) await channel.stop()
        },
      }
    },
  }
}

/** A channel nobody is staff in would answer nobody. */
export function warnOfNoStaff({ config, log }: Parts): void {
  const on = staffChannelsOn(config)
  const named = new Set(staffOf(config).map(({ channel }) => channel))
  const idle = on.filter((name) => !named.has(name))
  if (idle.length > 0)
    log.warn({ channels: idle }, 'STAFF names nobody of these channels: nobody is answered there')
}
