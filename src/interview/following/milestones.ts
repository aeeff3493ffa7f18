import { z } from 'zod'

/**
 * Steps of a filing once the applicant has handed it in, in their usual order. Ids are permanent: cases keep
 * them. What may follow what stands in transitions.ts, the words for them in dialogs/following.yaml.
 */
export const MILESTONES = [
  'submitted',
  'provider-review',
  'corrections-asked',
  'papers-to-mail',
  'sms-due',
  'administration-review',
  'rejected',
  'approved',
  'site-opened',
  'footer-shown',
  'commercial-service-started',
  'public-security-filed',
  'public-security-approved',
  'badge-shown',
] as const
export type Milestone = (typeof MILESTONES)[number]

const milestoneSchema = z.object({
  /** The day it happened, in Asia/Shanghai. */
  on: z.iso.date(),
  /** The moment, where it is known: a deadline in hours counts from it. */
  at: z.iso.datetime().optional(),
  /** When it was told: no reminder goes out for a time before that. */
  noted: z.iso.datetime(),
})

/** What a case keeps of its way through the authorities. */
export const followingSchema = z.object({
  milestones: z.partialRecord(z.enum(MILESTONES), milestoneSchema),
  /** The filing number as the administration gave it, once it is known. */
  number: z.string().max(60).optional(),
  /** Reasons a reviewer gave, by fact, until something further is told: the pre-check looks at them again. */
  returned: z.array(z.string().max(80)).max(60).optional(),
  /** Set while a question of this part waits for a typed answer. */
  awaiting: z.enum(['number', 'reason', 'address']).optional(),
})

export type Reached = Readonly<z.infer<typeof milestoneSchema>>
export type Milestones = Readonly<Partial<Record<Milestone, Reached>>>
export type Following = Readonly<Omit<z.infer<typeof followingSchema>, 'milestones' | 'returned'>> & {
  readonly milestones: Milestones
  readonly returned?: readonly string[] | undefined
}
export const nothingFollowed: Following = { milestones: {} }

/** With nothing waited for any more. */
export function settled({ milestones, number }: Following): Following {
  return number === undefined ? { milestones } : { milestones, number }
}
