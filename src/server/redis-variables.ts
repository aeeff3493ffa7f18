import { z } from 'zod'
import { AppError } from '../errors.ts'
import { parseRedisUrl, type RedisTarget } from '../store/redis/url.ts'

/** Retention as it is written in the environment: `case:=2592000,dl:log:=604800`. */
const retention = z.string().transform((text, context) => {
  const kept: Record<string, number> = {}
  for (const part of text.split(',').map((one) => one.trim())) {
    const [, start, seconds] = /^([^\s,]*)=(\d{1,10})$/.exec(part) ?? []
    const number = Number(seconds)
    if (start === undefined || number > 3_153_600_000 || Object.hasOwn(kept, start)) {
      context.addIssue({
        code: 'custom',
        message: 'start of a key, "=" and seconds (at most 100 years), each start once, comma-separated',
      })
      return z.NEVER
    }
    kept[start] = number
  }
  return kept
})
const text = z.string().min(1).optional()

/** What the environment says about Redis; docs/redis.md has a table of it. */
export const redisVariables = {
  REDIS_URL: text,
  REDIS_USERNAME: text,
  REDIS_PASSWORD: text,
  REDIS_KEY_PREFIX: z
    .string()
    .regex(/^[\w.:-]{0,64}$/, 'letters, digits and . : - _ only, at most 64')
    .default('icp:'),
  REDIS_TIMEOUT_MS: z.coerce.number().int().min(50).max(600_000).default(5_000),
  REDIS_MAX_PENDING: z.coerce.number().int().min(1).max(10_000_000).default(10_000),
  REDIS_TTL_SECONDS: retention.optional(),
  REDIS_TLS_CA_FILE: text,
  REDIS_TLS_CERT_FILE: text,
  REDIS_TLS_KEY_FILE: text,
  REDIS_TLS_SERVERNAME: text,
  REDIS_SENTINEL_USERNAME: text,
  REDIS_SENTINEL_PASSWORD: text,
}
export type RedisVariables = Readonly<z.infer<z.ZodObject<typeof redisVariables>>>

const NEEDS_A_SERVER = [
  'REDIS_USERNAME',
  'REDIS_PASSWORD',
  'REDIS_TTL_SECONDS',
  'REDIS_TLS_CA_FILE',
  'REDIS_TLS_CERT_FILE',
  'REDIS_TLS_KEY_FILE',
  'REDIS_TLS_SERVERNAME',
  'REDIS_SENTINEL_USERNAME',
  'REDIS_SENTINEL_PASSWORD',
] as const

/** What these variables ask of each other. Each problem names the variable first, and never a value. */
export function redisDemands(
  variables: RedisVariables,
  { NODE_TLS_REJECT_UNAUTHORIZED }: NodeJS.ProcessEnv,
): readonly string[] {
  const given = NEEDS_A_SERVER.filter((name) => variables[name] !== undefined)
  if (variables.REDIS_URL === undefined) return given.map((name) => `${name}: only together with REDIS_URL`)
  const target = read(variables.REDIS_URL)
  if (typeof target === 'string') return [target]
  const problems: string[] = []
  const tls = given.filter((name) => name.startsWith('REDIS_TLS_'))
  if (!target.tls)
    problems.push(...tls.map((name) => `${name}: only with an address that begins with rediss`))
  if (target.topology !== 'sentinel')
    problems.push(
      ...given
        .filter((name) => name.startsWith('REDIS_SENTINEL_'))
        .map((name) => `${name}: only with an address that begins with redis+sentinel or rediss+sentinel`),
    )
  if ((variables.REDIS_TLS_CERT_FILE === undefined) !== (variables.REDIS_TLS_KEY_FILE === undefined))
    problems.push('REDIS_TLS_CERT_FILE: certificate and key (REDIS_TLS_KEY_FILE) go together')
  if (target.tls && NODE_TLS_REJECT_UNAUTHORIZED === '0')
    problems.push(
      'NODE_TLS_REJECT_UNAUTHORIZED: 0 would take any certificate, so anybody could read along; name your own authority in REDIS_TLS_CA_FILE instead',
    )
  const inUrl = target.username !== undefined || target.password !== undefined
  if (inUrl && (variables.REDIS_USERNAME !== undefined || variables.REDIS_PASSWORD !== undefined))
    problems.push('REDIS_PASSWORD: user and password stand in REDIS_URL already; give them in one place')
  if (variables.REDIS_USERNAME !== undefined && variables.REDIS_PASSWORD === undefined)
    problems.push('REDIS_USERNAME: only together with REDIS_PASSWORD')
  return problems
}

/** The address, or the problem with it; `parseRedisUrl` shows no password. */
function read(url: string): RedisTarget | string {
  try {
    return parseRedisUrl(url)
  } catch (error) {
    if (error instanceof AppError) return `REDIS_URL: ${error.message} ${error.remedy}`
    throw error
  }
}
