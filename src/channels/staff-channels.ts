import type { StaffChannel } from './messaging/channel.ts'
import type { MountedStaffChannel, StaffChannelOptions } from './messaging/staff-channel.ts'
import { dingtalkSettings, type DingtalkConfig } from './dingtalk/settings.ts'
import { feishuSettings, type FeishuConfig } from './feishu/settings.ts'
import { slackSettings, type SlackConfig } from './slack/settings.ts'
import { wecomSettings, type WecomConfig } from './wecom/settings.ts'

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
