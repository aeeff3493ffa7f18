import type { Text } from '../../language.ts'
import { fileNamed, parseFile, readYamlFolder, type YamlFile } from '../read.ts'
import { createDivisions, type Divisions } from './divisions.ts'
import { messagesFile, type Messages } from './messages.ts'
import {
  creditCodeFile,
  divisionsFile,
  domainsFile,
  emailFile,
  icpNumbersFile,
  ipRangesFile,
  phonesFile,
  regionsFile,
  wordsFile,
  type CreditCodeData,
  type DomainData,
  type EmailData,
  type IcpNumberData,
  type IpRangeData,
  type PhoneData,
  type Region,
  type Words,
} from './schema.ts'

/** Everything the value checks know: `rules/values/` and `rules/messages.yaml`. Immutable; one per process. */
export interface ValueBook {
  readonly messages: Messages
  readonly regions: readonly Region[]
  readonly creditCode: CreditCodeData
  readonly phones: PhoneData
  readonly email: EmailData
  readonly domains: DomainData
  readonly ipRanges: IpRangeData
  readonly icpNumbers: IcpNumberData
  readonly words: Words
  /** Provinces, cities and districts. Read from their package at the first call. */
  readonly divisions: () => Divisions
}

/** Reads what the checks need below `rules/`. Throws AppError `rules-invalid` naming file and place. */
export function loadValueBook(folder: string): ValueBook {
  return buildValueBook(readYamlFolder(folder, 'rules-invalid'))
}

/** The same from files already read, paths relative to `rules/`. */
export function buildValueBook(files: readonly YamlFile[]): ValueBook {
  const parsed = <S extends Parameters<typeof parseFile>[0]>(schema: S, path: string) =>
    parseFile(schema, fileNamed(files, path, 'rules-invalid'), 'rules-invalid')

  const corrections = parsed(divisionsFile, 'values/divisions.yaml')
  const regions = parsed(regionsFile, 'values/regions.yaml').regions
  let divisions: Divisions | undefined
  return {
    messages: parsed(messagesFile, 'messages.yaml').messages,
    regions,
    creditCode: parsed(creditCodeFile, 'values/credit-code.yaml'),
    phones: parsed(phonesFile, 'values/phones.yaml'),
    email: parsed(emailFile, 'values/email.yaml'),
    domains: parsed(domainsFile, 'values/domains.yaml'),
    ipRanges: parsed(ipRangesFile, 'values/ip-ranges.yaml'),
    icpNumbers: parsed(icpNumbersFile, 'values/icp-numbers.yaml'),
    words: parsed(wordsFile, 'values/words.yaml'),
    divisions: () => (divisions ??= createDivisions(regions, corrections)),
  }
}

/** The name of a province; its code where it has none. */
export function regionName(book: ValueBook, id: string): Text {
  return book.regions.find((region) => region.id === id)?.name ?? { 'zh-CN': id, en: id }
}
