import { z } from 'zod'
import { AppError } from '../../errors.ts'

/** Something that works but will cost data or service one day. Said once, when the store opens. */
export interface StoreWarning {
  readonly detail: string
  readonly remedy: string
}

const tls = z.strictObject({
  /** PEM text, each of them. */
  ca: z.string().optional(),
  cert: z.string().optional(),
  key: z.string().optional(),
  /** The name the certificate must bear, where it is not the host of the URL. */
  servername: z.string().optional(),
})

const schema = z.strictObject({
  kind: z.literal('redis').optional(),
  /** One server, Sentinel or Cluster: see url.ts. */
  url: z.string().min(1),
  /** User and password, where they do not stand in the URL. */
  username: z.string().optional(),
  password: z.string().optional(),
  /** In front of every key and channel, so that installations can share a server. */
  keyPrefix: z
    .string()
    .regex(/^[\w.:-]{0,64}$/)
    .default('icp:'),
  /** The longest a call may take, in milliseconds, waiting for a connection included. */
  timeoutMs: z.int().min(50).max(600_000).default(5_000),
  /** How many calls may wait at once; more are refused straight away. */
  maxPending: z.int().min(1).default(10_000),
  /**
   * Retention: documents and logs whose key starts with the text go so many seconds after they were last written.
   * The longest text that fits counts; 0 keeps.
   */
  ttlSeconds: z.record(z.string(), z.int().min(0).max(3_153_600_000)).default({}),
  tls: tls.default({}),
  /** What Sentinel itself asks for; user and password of the URL are those of the server. */
  sentinelUsername: z.string().optional(),
  sentinelPassword: z.string().optional(),
  onWarning: z.custom<(warning: StoreWarning) => void>((value) => typeof value === 'function').optional(),
})

export type RedisConfig = z.input<typeof schema>
export type RedisSettings = z.output<typeof schema>

/** @throws AppError `config-invalid` that names the setting */
export function redisSettings(config: RedisConfig): RedisSettings {
  const parsed = schema.safeParse(config)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const subject = issue?.path.join('.') || 'redis'
  throw new AppError('config-invalid', {
    detail: `The setting ${subject} of the Redis store cannot be used: ${issue?.message ?? 'invalid'}.`,
    remedy: 'See docs/redis.md for the settings and what they may be.',
    subject,
  })
}

/** How long what stands under `key` is kept, in milliseconds since its last write; 0 = always. */
export function ttlOf({ ttlSeconds }: Pick<RedisSettings, 'ttlSeconds'>, key: string): number {
  const [longest] = Object.keys(ttlSeconds)
    .filter((start) => key.startsWith(start))
    .sort((one, other) => other.length - one.length)
  return longest === undefined ? 0 : (ttlSeconds[longest] ?? 0) * 1000
}
