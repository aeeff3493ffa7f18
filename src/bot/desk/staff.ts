import type { Activity } from 'botbuilder'
import type { StaffMember } from '../handoff/record.ts'

/** `channel:tenant:user`; `*` as user means everybody of that tenant. Each part may hold anything but a colon, %3A for one. */
export interface StaffEntry {
  readonly channel: string
  readonly tenant: string
  readonly user: string
}

/** Reads one entry of the configuration. Undefined for what is none. */
export function readStaffEntry(text: string): StaffEntry | undefined {
  const [channel, tenant, user, ...more] = text.split(':').map(decoded)
  if (!channel || !tenant || !user || more.length > 0) return undefined
  return { channel, tenant, user }
}

/** Whether somebody is on the list: by ids the platform vouches for, never by anything that was said. */
export function isListed(list: readonly StaffEntry[], { channel, tenant, user }: StaffEntry): boolean {
  return list.some(
    (entry) =>
      entry.channel === channel && entry.tenant === tenant && (entry.user === '*' || entry.user === user),
  )
}

/** Who said that, in a channel of staff. Undefined where the platform does not say it in full. */
export function senderOf(activity: Partial<Activity>): StaffMember | undefined {
  const { channelId, conversation, from } = activity
  const tenant = conversation?.tenantId
  if (!channelId || !tenant || !from?.id) return undefined
  // The messaging adapters qualify the user by the tenant; Teams gives an id of the directory.
  const own = `${tenant}|`
  const user = from.id.startsWith(own) ? from.id.slice(own.length) : (from.aadObjectId ?? from.id)
  return { channel: channelId, tenant, user, name: from.name || user }
}

function decoded(part: string): string {
  return part.replaceAll('%3A', ':').trim()
}
