import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { AppError } from '../errors.ts'
import type { StoreConfig } from '../store/open.ts'
import type { StoreWarning } from '../store/redis/config.ts'
import type { Config } from './config.ts'

/**
 * Redis where an address is given; otherwise a folder, relative to `root`. For the server and every command that
 * reads the same store.
 * @throws AppError config-invalid that names the variable of a file that cannot be read
 */
export function storeConfig(
  config: Config,
  root: string,
  onWarning: (warning: StoreWarning) => void = () => undefined,
): StoreConfig {
  if (config.REDIS_URL === undefined) return { kind: 'embedded', path: resolve(root, config.DATA_DIR) }
  return {
    kind: 'redis',
    url: config.REDIS_URL,
    username: config.REDIS_USERNAME,
    password: config.REDIS_PASSWORD,
    keyPrefix: config.REDIS_KEY_PREFIX,
    timeoutMs: config.REDIS_TIMEOUT_MS,
    maxPending: config.REDIS_MAX_PENDING,
    ttlSeconds: config.REDIS_TTL_SECONDS ?? {},
    tls: {
      ca: pem('REDIS_TLS_CA_FILE', config),
      cert: pem('REDIS_TLS_CERT_FILE', config),
      key: pem('REDIS_TLS_KEY_FILE', config),
      servername: config.REDIS_TLS_SERVERNAME,
    },
    sentinelUsername: config.REDIS_SENTINEL_USERNAME,
    sentinelPassword: config.REDIS_SENTINEL_PASSWORD,
    onWarning,
  }
}

type FileVariable = 'REDIS_TLS_CA_FILE' | 'REDIS_TLS_CERT_FILE' | 'REDIS_TLS_KEY_FILE'

function pem(name: FileVariable, config: Config): string | undefined {
  const path = config[name]
  if (path === undefined) return undefined
  const text = readText(name, path)
  if (text.includes('-----BEGIN ')) return text
  throw unusable(name, `${path} holds no PEM text`)
}

function readText(name: FileVariable, path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable'
    throw unusable(name, `${path} cannot be read (${code})`)
  }
}

function unusable(name: FileVariable, problem: string): AppError {
  return new AppError('config-invalid', {
    detail: `${name}: ${problem}.`,
    remedy: `Name a PEM file this user may read in ${name}.`,
    subject: name,
  })
}
