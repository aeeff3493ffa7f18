import { z } from 'zod'
import { readStaffEntry, type StaffEntry } from '../bot/desk/staff.ts'
import { readHours } from '../bot/handoff/hours.ts'
import { STAFF_CHANNELS } from '../channels/messaging/channel.ts'
import { LANGUAGES } from '../language.ts'

/** Where staff may be: the channels with a protocol of their own, and Teams. */
const CHANNELS: readonly string[] = [...STAFF_CHANNELS, 'msteams']

const entry = z.string().transform((text, context): StaffEntry => {
  const read = readStaffEntry(text)
  if (read && CHANNELS.includes(read.channel)) return read
  context.addIssue({
    code: 'custom',
    message: `channel:tenant:user or channel:tenant:*, comma-separated; a channel is one of ${CHANNELS.join(', ')}`,
  })
  return z.NEVER
})
const entries = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  )
  .pipe(z.array(entry))
const hours = z.string().transform((text, context) => {
  const read = readHours(text)
  if (read) return read
  context.addIssue({ code: 'custom', message: 'days and times, as in mon-fri 09:00-18:00' })
  return z.NEVER
})

/** What the environment says about support staff. */
export const deskVariables = {
  STAFF: entries.default([]),
  STAFF_LEADS: entries.default([]),
  DESK_HOURS: hours.prefault('mon-fri 09:00-18:00'),
  DESK_LANGUAGE: z.enum(LANGUAGES).default('zh-CN'),
}
type DeskVariables = Readonly<z.infer<z.ZodObject<typeof deskVariables>>>

/** Everybody who is staff; whoever leads is. */
export function staffOf({ STAFF, STAFF_LEADS }: DeskVariables): readonly StaffEntry[] {
  return [...STAFF, ...STAFF_LEADS]
}

/**
 * Staff of a channel that is switched off could be asked for and never answer.
 * @param on the channels that are switched on
 */
export function deskDemands(variables: DeskVariables, on: ReadonlySet<string>): readonly string[] {
  return (['STAFF', 'STAFF_LEADS'] as const).flatMap((name) => {
    const off = new Set(variables[name].map(({ channel }) => channel).filter((channel) => !on.has(channel)))
    return [...off].map((channel) => `${name}: names people of ${channel}, which is not switched on`)
  })
}
