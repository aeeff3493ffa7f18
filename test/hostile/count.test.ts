import { expect, it } from 'vitest'
import { ACTIVITIES } from './inputs/activities.ts'
import { INSIDE, NAMES as HOSTS, NO_PAGE } from './inputs/addresses.ts'
import { BODIES } from './inputs/bodies.ts'
import { FORGERIES } from './inputs/forgeries.ts'
import { GUESSES } from './inputs/guesses.ts'
import { HEADERS } from './inputs/headers.ts'
import { NAMES } from './inputs/names.ts'
import { PATHS } from './inputs/paths.ts'
import { QUERIES, SERVICE_URLS } from './inputs/queries.ts'
import { RAW } from './inputs/raw.ts'
import { TEXTS } from './inputs/texts.ts'

/** All that is written down here; what fast-check makes up besides is not counted. */
const INPUTS: Readonly<Record<string, readonly unknown[]>> = {
  activities: ACTIVITIES.map(([, activity]) => JSON.stringify(activity)),
  queries: [...QUERIES, ...SERVICE_URLS],
  bodies: BODIES.map(([, body]) => body),
  forgeries: FORGERIES.map(([name]) => name),
  guesses: GUESSES.map(([name]) => name),
  headers: HEADERS.map(([, headers]) => JSON.stringify(headers)),
  names: NAMES,
  paths: PATHS,
  raw: RAW.map(([, bytes]) => bytes),
  texts: TEXTS,
  addresses: [...INSIDE, ...NO_PAGE],
  hosts: HOSTS.map(([name]) => name),
}

it('there are 500 hostile inputs or more, none twice', () => {
  for (const [name, inputs] of Object.entries(INPUTS)) expect(new Set(inputs).size, name).toBe(inputs.length)
  const total = Object.values(INPUTS).reduce((sum, inputs) => sum + inputs.length, 0)
  expect(total).toBeGreaterThanOrEqual(500)
})
