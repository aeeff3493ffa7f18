import { z } from 'zod'
import { regionCode, textSchema } from '../schema.ts'

/** Shapes of the files under `rules/values/`. Every file names the documents its data comes from. */

const nonEmpty = z.string().trim().min(1)
/** Documents the data comes from; `recalled` where it was written down from common knowledge of them. */
const basis = z
  .array(
    z.strictObject({
      title: nonEmpty,
      publisher: nonEmpty,
      address: nonEmpty.optional(),
      evidence: z.enum(['read', 'recalled']),
    }),
  )
  .min(1)

const region = z.strictObject({
  id: regionCode,
  /** First two digits of GB/T 2260. */
  code: z.string().regex(/^\d{2}$/),
  /** The one-character short name used in filing numbers; none where no filings are issued. */
  mark: z.string().length(1).optional(),
  /** Further short names: 川 beside 蜀. */
  otherMarks: z.array(z.string().length(1)).optional(),
  name: textSchema,
})
export const regionsFile = z.strictObject({ basis, regions: z.array(region).min(1) })
export type Region = z.infer<typeof region>

export const creditCodeFile = z.strictObject({
  basis,
  /** Letters people take for another: typed → meant. */
  confusions: z.record(z.string().length(1), z.array(z.string().length(1)).min(1)),
  prefixes: z
    .array(z.strictObject({ prefix: z.string().length(2), label: textSchema, kinds: z.array(nonEmpty).min(1) }))
    .min(1),
  /** Entity kinds that any prefix fits. */
  anyPrefix: z.array(nonEmpty),
})
export type CreditCodeData = z.infer<typeof creditCodeFile>

export const phonesFile = z.strictObject({
  basis,
  virtualOperators: z.array(z.string().regex(/^1\d{2,3}$/)).min(1),
  /** Written between a number and its extension. */
  extensionWords: z.array(nonEmpty).min(1),
})
export type PhoneData = z.infer<typeof phonesFile>

export const emailFile = z.strictObject({ basis, providers: z.array(nonEmpty).min(1) })
export type EmailData = z.infer<typeof emailFile>

export const domainsFile = z.strictObject({
  basis,
  /** Suffixes the rules name as approved; any other is worth a look at the ministry's list. */
  approved: z.array(nonEmpty).min(1),
  /** Suffix kept for certain entities. */
  reserved: z.array(z.strictObject({ suffix: nonEmpty, kinds: z.array(nonEmpty).min(1) })),
})
export type DomainData = z.infer<typeof domainsFile>

const ipRange = z.strictObject({ range: nonEmpty, label: textSchema })
export const ipRangesFile = z.strictObject({
  basis,
  /** Name of IPv6 space that is not routed and has no entry of its own. */
  unrouted: textSchema,
  ranges: z.array(ipRange).min(1),
})
export type IpRangeData = z.infer<typeof ipRangesFile>

export const icpNumbersFile = z.strictObject({
  basis,
  /** Other ways to write a character of a number → the usual one. */
  variants: z.record(z.string().min(1), z.string().length(1)),
  suffixes: z
    .array(z.strictObject({ letter: z.string().regex(/^[A-Z]?$/), kind: nonEmpty, label: textSchema }))
    .min(1),
})
export type IcpNumberData = z.infer<typeof icpNumbersFile>

export const divisionsFile = z.strictObject({
  basis,
  /** Entries that stand for "the districts of this city" and are none. */
  unnamed: z.array(nonEmpty).min(1),
  /** Better names, by code. */
  names: z.record(z.string().regex(/^\d{6}$/), nonEmpty),
  /** Divisions that exist and the package lacks. */
  added: z.array(z.strictObject({ code: z.string().regex(/^\d{6}$/), name: nonEmpty })),
  /** Divisions that are gone: old code → code of what took their place. */
  gone: z.record(z.string().regex(/^\d{6}$/), z.string().regex(/^\d{6}$/)),
  /** Endings people leave out: "Hangzhou" for "Hangzhou City". Longest first. */
  endings: z.array(nonEmpty).min(1),
})
export type DivisionCorrections = z.infer<typeof divisionsFile>

/** Words around an answer, left out when it is read. */
export const wordsFile = z.strictObject({
  domain: z.array(nonEmpty).min(1),
  personName: z.array(nonEmpty).min(1),
  organisationName: z.array(nonEmpty).min(1),
  address: z.array(nonEmpty).min(1),
  division: z.array(nonEmpty).min(1),
  /** Closing words: "the city of Hangzhou, please". */
  closing: z.array(nonEmpty).min(1),
})
export type Words = z.infer<typeof wordsFile>
