import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino, type Logger } from 'pino'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openEmbeddedStore } from '../../src/store/embedded/open.ts'
import { openRedisStore } from '../../src/store/redis/open.ts'
import type { Store } from '../../src/store/port.ts'
import { createLog } from '../../src/trust/log.ts'
import { sealStore } from '../../src/trust/sealed-store.ts'
import { brain } from '../support/brain.ts'
import { redisAvailable, startRedis } from '../support/redis-server.ts'
import { runWithCanaries, type CanaryRun } from './canary-run.ts'
import { files, found, redis, text, type Searched } from './scan.ts'
import { keyring } from './support.ts'

const LONG = 240_000
/** Every personal question of the dialogs but the one for a place, which marks nobody. */
const ASKED = [...brain.dialogs.questions.values()]
  .filter(({ id, personal }) => personal !== 'none' && id !== 'entity.division')
  .map(({ id }) => id)
  .sort()
/** What the redactor knows by itself; a name may be said to staff. */
const NUMBERS = /mobile|phone|identity-number|email|certificate,|passport/
type Searching = {
  readonly run: CanaryRun
  readonly answered: readonly string[]
  readonly stored: readonly Searched[]
  readonly told: readonly Searched[]
}

describe('canaries in every personal field, on every channel and every error path', () => {
  it('are nowhere: not in the log, the metrics, or any file of the store', { timeout: LONG }, async () => {
    const { stored, told, answered, run } = await embedded({ seal: true, redacting: true })
    expect([...answered].sort()).toEqual(ASKED)
    expect(run.files).toBeGreaterThan(2)
    expect(run.staff).toContain('[phone]')
    expect(found([text('the channel of staff', [run.staff])]).filter((one) => NUMBERS.test(one))).toEqual([])
    expect(found(told)).toEqual([])
    expect(found(stored)).toEqual([])
    expect(told.find(({ where }) => where === 'the log')?.bytes.toString()).toContain('cannot write')
  })

  it.skipIf(!redisAvailable)('are in no key and no value of Redis', { timeout: LONG }, async () => {
    const server = await startRedis()
    onTestFinished(() => server.stop())
    const store = await openRedisStore({ url: server.url, keyPrefix: 'icp:' })
    const { log, lines } = logging(true)
    const { metrics } = await runWithCanaries(sealStore(store, keyring('one')), log)
    const searched = [...(await redis(server.admin)), text('the log', lines), text('the metrics', [metrics])]
    await store.close()
    expect((await redis(server.admin)).every(({ bytes }) => bytes.length > 1_000)).toBe(true)
    expect(found(searched)).toEqual([])
  })

  it('would be found without sealing, and without the redactor', { timeout: LONG }, async () => {
    const { stored, told } = await embedded({ seal: false, redacting: false })
    for (const key of [
      'leader.mobile',
      'leader.identity-number',
      'entity.name',
      'leader.email',
      'passport',
    ]) {
      expect(found(stored).some((one) => one.startsWith(key))).toBe(true)
      expect(found(told).some((one) => one.startsWith(key) && one.endsWith('the log'))).toBe(true)
    }
  })
})

async function embedded(how: { seal: boolean; redacting: boolean }): Promise<Searching> {
  const folder = await mkdtemp(join(tmpdir(), 'icp-canary-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const store: Store = await openEmbeddedStore({ path: folder })
  const { log, lines } = logging(how.redacting)
  try {
    const run = await runWithCanaries(how.seal ? sealStore(store, keyring('one')) : store, log)
    const { metrics, answered } = run
    return {
      ...{ run, answered },
      stored: await files(folder),
      told: [text('the log', lines), text('the metrics', [metrics])],
    }
  } finally {
    await store.close()
  }
}

function logging(redacting: boolean): { log: Logger; lines: readonly string[] } {
  const lines: string[] = []
  const destination = { write: (line: string) => void lines.push(line) }
  return { log: redacting ? createLog('trace', destination) : pino({ level: 'trace' }, destination), lines }
}
