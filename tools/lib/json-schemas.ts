import { z } from 'zod'
import { sectionSchema } from '../../src/interview/schema.ts'
import {
  factsFile,
  keysFile,
  provinceFile,
  sourcesFile,
  tableSchema,
  topicsFile,
} from '../../src/rules/schema.ts'

export interface JsonSchemaFile {
  /** Where the schema is written, from the root of the repository. */
  readonly path: string
  /** The YAML files it describes, as a glob from the root. */
  readonly describes: string
  readonly title: string
  readonly schema: z.ZodType
}

/** Which schema describes which YAML files. `.vscode/settings.json` says the same to the editor. */
export const JSON_SCHEMAS: readonly JsonSchemaFile[] = [
  {
    path: 'rules/schema/facts.json',
    describes: 'rules/national/*.yaml',
    title: 'National facts',
    schema: factsFile,
  },
  {
    path: 'rules/schema/province.json',
    describes: 'rules/provinces/*.yaml',
    title: 'One region',
    schema: provinceFile,
  },
  {
    path: 'rules/schema/decision.json',
    describes: 'rules/decisions/*.yaml',
    title: 'A decision table',
    schema: tableSchema,
  },
  {
    path: 'rules/schema/sources.json',
    describes: 'rules/sources.yaml',
    title: 'Sources',
    schema: sourcesFile,
  },
  { path: 'rules/schema/topics.json', describes: 'rules/topics.yaml', title: 'Topics', schema: topicsFile },
  { path: 'rules/schema/keys.json', describes: 'rules/keys.yaml', title: 'Answer keys', schema: keysFile },
  {
    path: 'dialogs/schema/section.json',
    describes: 'dialogs/[0-9]*.yaml',
    title: 'A section of questions',
    schema: sectionSchema,
  },
]

/** JSON Schema (draft 2020-12) of what a person writes: fields with a default may be left out. */
export function jsonSchemaFiles(): ReadonlyMap<string, string> {
  return new Map(
    JSON_SCHEMAS.map(({ path, title, describes, schema }) => [
      path,
      `${JSON.stringify({ title: `${title} (${describes})`, ...z.toJSONSchema(schema, { io: 'input' }) }, undefined, 2)}\n`,
    ]),
  )
}

/** The editor settings that lead from each YAML file to its schema. */
export function editorSettings(): string {
  const schemas = Object.fromEntries(JSON_SCHEMAS.map(({ path, describes }) => [`./${path}`, describes]))
  return `${JSON.stringify({ 'yaml.schemas': schemas }, undefined, 2)}\n`
}
