import { z } from 'zod'
import type { FeishuApi } from './api.ts'

/** An event is to be acknowledged within three seconds: a name is not waited for longer than this. */
const PATIENCE_MS = 1_000
const KEPT_MS = 24 * 3_600_000
/** A name that may not be read is not asked for at every message. */
const KEPT_FAILED_MS = 10 * 60_000
const MOST = 1_000

const schema = z.object({ data: z.object({ user: z.object({ name: z.string().trim().min(1).max(200) }) }) })

interface Kept {
  readonly name: Promise<string | undefined>
  /** Of a name that was found; while it is asked for and after it failed, the shorter time counts. */
  until: number
}

/** Names of people, whom events give by id only. Undefined where the app may not read it, or it takes too long. */
export function namesOf(
  { call }: Pick<FeishuApi, 'call'>,
  clock: () => Date,
): (person: string) => Promise<string | undefined> {
  const kept = new Map<string, Kept>()

  function ask(person: string): Kept {
    const path = `/open-apis/contact/v3/users/${encodeURIComponent(person)}?user_id_type=open_id`
    const now = clock().getTime()
    const name = call('GET', path)
      .then((answer) => {
        const found = schema.parse(answer).data.user.name
        entry.until = now + KEPT_MS
        return found
      })
      .catch(() => undefined)
    const entry: Kept = { name, until: now + KEPT_FAILED_MS }
    return entry
  }

  return async (person) => {
    const found = kept.get(person)
    const entry = found && found.until > clock().getTime() ? found : ask(person)
    kept.set(person, entry)
    const [oldest] = kept.keys()
    if (kept.size > MOST && oldest !== undefined) kept.delete(oldest)
    return patiently(entry.name)
  }
}

async function patiently<T>(promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PATIENCE_MS)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
