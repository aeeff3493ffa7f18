import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Redis } from 'ioredis'
import { CANARIES } from './canaries.ts'
import { forms } from './forms.ts'

/** Something searched: where it was found, and its bytes. */
export interface Searched {
  readonly where: string
  readonly bytes: Buffer
}

const NEEDLES = Object.entries(CANARIES).flatMap(([key, value]) =>
  Object.entries(forms(value)).map(([form, text]) => ({ key, form, bytes: Buffer.from(text, 'utf8') })),
)

/** Every canary in every form that stands anywhere: `leader.mobile, full-width, in data.mdb`. */
export function found(all: readonly Searched[]): readonly string[] {
  return all.flatMap(({ where, bytes }) =>
    NEEDLES.filter((needle) => bytes.includes(needle.bytes)).map(
      ({ key, form }) => `${key}, ${form}, in ${where}`,
    ),
  )
}

export function text(where: string, lines: readonly string[]): Searched {
  return { where, bytes: Buffer.from(lines.join('\n'), 'utf8') }
}

/** Every file of a folder, names included. */
export async function files(folder: string): Promise<readonly Searched[]> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true })
  const plain = names.filter((entry) => entry.isFile())
  const contents = await Promise.all(
    plain.map(async ({ name, parentPath }) => ({
      where: name,
      bytes: await readFile(join(parentPath, name)),
    })),
  )
  return [
    ...contents,
    text(
      'the names of files',
      names.map(({ name }) => name),
    ),
  ]
}

/** Every key of a Redis and every value, of whatever kind. */
export async function redis(admin: Redis): Promise<readonly Searched[]> {
  const keys = await admin.keys('*')
  const values = await Promise.all(keys.map(async (key) => JSON.stringify(await valueOf(admin, key))))
  return [text('the keys of Redis', keys), text('the values of Redis', values)]
}

async function valueOf(admin: Redis, key: string): Promise<unknown> {
  switch (await admin.type(key)) {
    case 'string':
      return admin.get(key)
    case 'hash':
      return admin.hgetall(key)
    case 'zset':
      return admin.zrange(key, '0', '-1')
    case 'stream':
      return admin.xrange(key, '-', '+')
    case 'list':
      return admin.lrange(key, 0, -1)
    case 'set':
      return admin.smembers(key)
    default:
      throw new Error('a kind of value that is not searched')
  }
}
