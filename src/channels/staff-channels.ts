import type { Server } from 'restify'
import type { Store } from '../store/port.ts'
import type { Logic } from './in-process-adapter.ts'
import type { MessagingAdapter } from './messaging/adapter.ts'
import type { StaffChannel } from './messaging/channel.ts'
import { dingtalkSettings, type DingtalkConfig } from './dingtalk/settings.ts'
import { feishuSettings, type FeishuConfig } from './feishu/settings.ts'
import { slackSettings, type SlackConfig } from './slack/settings.ts'
import { wecomSettings, type WecomConfig } from './wecom/settings.ts'

/** What a channel of staff is mounted with. */
export interface StaffChannelOptions {
  readonly server: Server
  readonly store: Store
  readonly logic: Logic
  readonly clock: () => Date
  readonly log: {
    error(fields: object, message: string): void
    warn(fields: object, message: string): void
  }
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

export type StaffChannelsConfig = SlackConfig & DingtalkConfig & WecomConfig & FeishuConfig

/** Every channel of staff with a protocol of its own. Its code, and the SDK it may need, is loaded where it is on. */
const CHANNELS = [
  channel('slack', slackSettings, async () => (await import('./slack/mount.ts')).mountSlack),
  channel('dingtalk', dingtalkSettings, async () => (await import('./dingtalk/mount.ts')).mountDingtalk),
  channel('wecom', wecomSettings, async () => (await import('./wecom/mount.ts')).mountWecom),
  channel('feishu', feishuSettings, async () => (await import('./feishu/mount.ts')).mountFeishu),
]

/** The channels that the configuration switches on. */
export function staffChannelsOn(config: StaffChannelsConfig): readonly StaffChannel[] {
  return CHANNELS.filter((one) => one.isOn(config)).map(({ name }) => name)
}

/** Mounts them. Nothing is taken or sent before `start`. */
export async function mountStaffChannels(
  config: StaffChannelsConfig,
  optionsOf: (name: StaffChannel) => StaffChannelOptions,
): Promise<ReadonlyMap<string, MountedStaffChannel>> {
  const mounted = new Map<string, MountedStaffChannel>()
  for (const { name, mount } of CHANNELS) {
    const channel = await mount(config, () => optionsOf(name))
    if (channel) mounted.set(name, channel)
  }
  return mounted
}

type Mount<Settings> = (
  options: StaffChannelOptions & { readonly settings: Settings },
) => MountedStaffChannel | Promise<MountedStaffChannel>

function channel<Settings>(
  name: StaffChannel,
  settingsOf: (config: StaffChannelsConfig) => Settings | undefined,
  load: () => Promise<Mount<Settings>>,
) {
  return {
    name,
    isOn: (config: StaffChannelsConfig) => settingsOf(config) !== undefined,
    mount: async (config: StaffChannelsConfig, options: () => StaffChannelOptions) => {
      const settings = settingsOf(config)
      return settings === undefined ? undefined : (await load())({ ...options(), settings })
    },
  }
}
