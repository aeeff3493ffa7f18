import { z } from 'zod'
import { LANGUAGES } from '../../language.ts'
import type { Json } from '../../store/port.ts'
import { STATES, type Effect, type Ownership } from './ownership.ts'

const json: z.ZodType<Json> = z.json()

/** A member of staff, by ids of the platform. The name is for reading only and decides nothing. */
export const staffSchema = z.object({
  channel: z.string(),
  tenant: z.string(),
  user: z.string(),
  name: z.string(),
})
export type StaffMember = z.infer<typeof staffSchema>

/** A chat or thread of a staff channel, as its adapter needs it to speak there. */
export const deskPlaceSchema = z.object({ channel: z.string(), conversation: z.string(), reference: json })
export type DeskPlace = z.infer<typeof deskPlaceSchema>

const placeSchema = z.object({
  channelId: z.string(),
  conversationId: z.string(),
  reference: json.optional(),
})

/** Why a person was wanted; the card says so. */
export const REASONS = ['asked', 'not-understood', 'not-known'] as const
export type HandoffReason = (typeof REASONS)[number]

const pendingSchema = z.object({
  /** Unique: the version of the record and the effect. */
  id: z.string(),
  effect: z.custom<Effect>((value) => typeof value === 'string'),
  data: z.record(z.string(), z.string()),
  /** What the applicant said before anybody was there. */
  lines: z.array(z.string()).optional(),
})
export type Pending = z.infer<typeof pendingSchema>

export const handoffSchema = z.object({
  /** What staff call it: `7K2M3`. No secret. */
  id: z.string(),
  caseId: z.string(),
  /** Where the applicant is. */
  place: placeSchema,
  language: z.enum(LANGUAGES),
  state: z.custom<Ownership>((value) => STATES.some((state) => state === value)),
  reason: z.enum(REASONS),
  owner: staffSchema.optional(),
  /** Where the owner talks. */
  desk: deskPlaceSchema.optional(),
  /** Epoch milliseconds. */
  askedAt: z.number(),
  claimedAt: z.number().optional(),
  firstReplyAt: z.number().optional(),
  endedAt: z.number().optional(),
  rating: z.number().int().min(1).max(5).optional(),
  /** Counts transitions. */
  turn: z.number().int(),
  /** What the applicant said since nobody was there, for whoever claims. */
  heard: z.array(z.string()).default([]),
  /** The last events that were taken, by the ids they came with: one that comes again changes nothing. */
  taken: z.array(z.string()).default([]),
  /** Effects not carried out yet, oldest first. */
  pending: z.array(pendingSchema),
})
export type Handoff = z.infer<typeof handoffSchema>

/** One line of what was said during a hand-off. */
export const lineSchema = z.object({
  /** Epoch milliseconds. */
  at: z.number(),
  who: z.enum(['applicant', 'staff', 'bot', 'system']),
  name: z.string().optional(),
  text: z.string(),
})
export type TranscriptLine = z.infer<typeof lineSchema>
