import { join } from 'node:path'
import { AppError } from '../errors.ts'
import { fileNamed, parseFile, readYamlFolder, type YamlFile } from './read.ts'
import {
  factsFile,
  keysFile,
  provinceFile,
  sourcesFile,
  tableSchema,
  topicsFile,
  type Conflict,
  type Fact,
  type Key,
  type ProvinceFile,
  type Source,
  type Table,
  type Topic,
} from './schema.ts'

/** Everything under `rules/`, parsed and indexed. Immutable; one per process. */
export interface RuleBook {
  readonly sources: ReadonlyMap<string, Source>
  readonly facts: ReadonlyMap<string, Fact>
  readonly conflicts: ReadonlyMap<string, Conflict>
  readonly provinces: ReadonlyMap<string, ProvinceFile>
  readonly topics: ReadonlyMap<string, Topic>
  readonly keys: ReadonlyMap<string, Key>
  /** Entity kind → group (`individual` or `organisation`). */
  readonly groups: Readonly<Record<string, readonly string[]>>
  readonly tables: ReadonlyMap<string, Table>
}

/** Reads and parses `rules/`. Throws AppError `rules-invalid` naming file and place. */
export function loadRuleBook(folder: string): RuleBook {
  return buildRuleBook(readYamlFolder(folder, 'rules-invalid'))
}

export function buildRuleBook(files: readonly YamlFile[]): RuleBook {
  const single = (path: string) => fileNamed(files, path, 'rules-invalid')
  const inside = (folder: string) => files.filter((file) => file.path.startsWith(join(folder, '/')))

  const keys = parseFile(keysFile, single('keys.yaml'), 'rules-invalid')
  const provinces = inside('provinces').map((file) => parseFile(provinceFile, file, 'rules-invalid'))
  const national = inside('national').flatMap((file) => parseFile(factsFile, file, 'rules-invalid').facts)
  const tables = inside('decisions').map((file) => parseFile(tableSchema, file, 'rules-invalid'))

  return {
    sources: new Map(Object.entries(parseFile(sourcesFile, single('sources.yaml'), 'rules-invalid').sources)),
    facts: indexed(
      [...national, ...provinces.flatMap((province) => province.facts.map((fact) => inProvince(fact, province.province)))],
      (fact) => fact.id,
      'fact',
    ),
    conflicts: indexed(
      provinces.flatMap((province) => province.conflicts ?? []),
      (conflict) => conflict.id,
      'conflict',
    ),
    provinces: indexed(provinces, (province) => province.province, 'province'),
    topics: new Map(Object.entries(parseFile(topicsFile, single('topics.yaml'), 'rules-invalid').topics)),
    keys: new Map(Object.entries(keys.keys)),
    groups: keys.groups,
    tables: indexed(tables, (table) => table.id, 'table'),
  }
}

/** A fact in a province's file holds in that province, without saying so each time. */
function inProvince(fact: Fact, province: string): Fact {
  return { ...fact, appliesTo: { ...fact.appliesTo, provinces: [province] } }
}

function indexed<T>(items: readonly T[], idOf: (item: T) => string, what: string): ReadonlyMap<string, T> {
  const index = new Map<string, T>()
  for (const item of items) {
    const id = idOf(item)
    if (index.has(id))
      throw invalid(id, `two ${what}s are called "${id}"`, 'Give the newer one an id of its own; ids are permanent.')
    index.set(id, item)
  }
  return index
}

function invalid(subject: string, detail: string, remedy: string): AppError {
  return new AppError('rules-invalid', { subject, detail, remedy })
}

/** The table of that id. Throws where the rules lack it: the code cannot work without. */
export function tableOf(book: RuleBook, id: string): Table {
  const table = book.tables.get(id)
  if (!table) throw invalid(id, `rules/decisions/${id}.yaml is missing`, 'Restore the table.')
  return table
}

/** The values a key may have: those declared, or the 31 regions. */
export function valuesOf(book: RuleBook, key: string): readonly string[] {
  const declared = book.keys.get(key)
  if (declared?.type === 'region') return [...book.provinces.keys()]
  return declared?.values ?? []
}
