import type { Server } from 'restify'
import type { Store } from '../../store/port.ts'
import type { Logic } from '../in-process-adapter.ts'
import { MessagingAdapter } from './adapter.ts'
import type { Platform } from './channel.ts'

export interface ChannelLog {
  error(fields: object, message: string): void
  warn(fields: object, message: string): void
}

/** What a channel of staff is mounted with. */
export interface StaffChannelOptions {
  readonly server: Server
  readonly store: Store
  readonly logic: Logic
  readonly clock: () => Date
  readonly log: ChannelLog
}

export interface MountedStaffChannel {
  readonly adapter: MessagingAdapter
  /** Works off what is kept, and connects where the platform is connected to. */
  start(): void
  /** Whether the connection it keeps is open; undefined where it keeps none. */
  connected(): boolean | undefined
  /** Ends with nothing half done. */
  stop(): Promise<void>
}

/** A connection to a platform that is kept open, such as `KeepConnected`. */
interface Connection {
  readonly connected: boolean
  start(): void
  stop(): Promise<void>
}

/** The adapter of a platform, by the name people know it by; `platform.channel` names its page in the docs. */
export function platformAdapter(
  name: string,
  platform: Platform,
  { store, logic, clock, log }: Omit<StaffChannelOptions, 'server'>,
): MessagingAdapter {
  return new MessagingAdapter({
    ...{ platform, store, logic, clock },
    onError: (error) => log.warn({ err: error }, `${name}: something failed; it is tried again`),
    onDead: async (error, { chat }) =>
      log.error(
        { err: error, chat },
        `${name}: a message was given up; docs/channels/${platform.channel}.md says why`,
      ),
  })
}

/** Nothing comes in any more before what is under way ends. */
export function mountedChannel(
  adapter: MessagingAdapter,
  connection: Connection | undefined,
): MountedStaffChannel {
  return {
    adapter,
    connected: () => connection?.connected,
    start: () => {
      adapter.start()
      connection?.start()
    },
    stop: async () => {
      await connection?.stop()
      await adapter.stop()
    },
  }
}
