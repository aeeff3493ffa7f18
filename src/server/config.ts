import { z } from 'zod'
import { AppError } from '../errors.ts'
import { dingtalkDemands, dingtalkVariables } from '../channels/dingtalk/settings.ts'
import { feishuDemands, feishuVariables } from '../channels/feishu/settings.ts'
import { slackDemands, slackVariables } from '../channels/slack/settings.ts'
import { wecomDemands, wecomVariables } from '../channels/wecom/settings.ts'
import { staffChannelsOn } from '../channels/staff-channels.ts'
import { keyringSchema } from '../trust/keyring.ts'
import { deskDemands, deskVariables } from './desk-variables.ts'
import { RATE_LIMITS, rateLimitsSchema } from './rate-limit/limits.ts'
import { redisDemands, redisVariables } from './redis-variables.ts'

const flag = z.enum(['true', 'false', '1', '0']).transform((value) => value === 'true' || value === '1')
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
)
const secret = z.string().min(32, 'at least 32 characters')

/** Every setting, with what it does in .env.example. An empty variable counts as not set. */
const schema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  /** Where /metrics is served; without it, on the main port, and in production not at all. */
  ADMIN_PORT: z.coerce.number().int().min(0).max(65535).optional(),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3978),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  DATA_DIR: z.string().min(1).default('data'),
  ...redisVariables,
  ENCRYPTION_KEYS: keyringSchema.optional(),
  ENCRYPTION_KEYS_FILE: z.string().min(1).optional(),
  RETENTION_DRAFT_DAYS: z.coerce.number().int().min(1).max(3650).default(30),
  RETENTION_FOLLOWED_DAYS: z.coerce.number().int().min(1).max(3650).default(400),
  RETENTION_TEXT_MONTHS: z.coerce.number().int().min(1).max(120).default(6),
  RETENTION_AUDIT_MONTHS: z.coerce.number().int().min(1).max(120).default(24),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  TRUST_PROXY: flag.default(false),
  RATE_LIMITS: rateLimitsSchema.default(RATE_LIMITS),
  ALLOWED_ORIGINS: list.default([]),
  PUBLIC_TOKENS: flag.default(true),
  DIRECT_LINE_SECRET: secret.optional(),
  DIRECT_LINE_SIGNING_KEYS: list
    .pipe(
      z.array(
        z.base64().refine((key) => Buffer.from(key, 'base64').length >= 32, '32 bytes or more in base64'),
      ),
    )
    .optional(),
  BOT_FRAMEWORK: z.enum(['on', 'off']).default('on'),
  MicrosoftAppId: z.string().min(1).optional(),
  MicrosoftAppPassword: z.string().min(1).optional(),
  MicrosoftAppType: z.enum(['MultiTenant', 'SingleTenant', 'UserAssignedMSI']).default('MultiTenant'),
  MicrosoftAppTenantId: z.string().min(1).optional(),
  BOT_FRAMEWORK_CLOUD: z.enum(['global', 'china']).default('global'),
  BOT_FRAMEWORK_HOSTS: list.default([]),
  BOT_FRAMEWORK_TENANTS: list.default([]),
  ...slackVariables,
  ...dingtalkVariables,
  ...wecomVariables,
  ...feishuVariables,
  ...deskVariables,
  HUMAN_CONTACT: z.string().trim().min(1).max(300).optional(),
})

/** Every variable that is read. */
export const VARIABLES: readonly string[] = Object.keys(schema.shape)

export type Config = Readonly<z.infer<typeof schema>>

/**
 * Reads the environment. Unknown variables are left alone.
 * @throws AppError config-invalid naming every wrong variable at once, never a value: it may be a secret
 */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(
      ([name, value]) => Object.hasOwn(schema.shape, name) && value !== undefined && value !== '',
    ),
  )
  const result = schema.safeParse(given)
  const problems = result.success
    ? [
        ...redisDemands(result.data, environment),
        ...slackDemands(result.data),
        ...dingtalkDemands(result.data),
        ...wecomDemands(result.data),
        ...feishuDemands(result.data),
        ...deskDemands(result.data, staffChannels(result.data)),
        ...demands(result.data),
      ]
    : result.error.issues.map(describe)
  if (result.success && problems.length === 0) return result.data
  throw new AppError('config-invalid', {
    detail: `The configuration is wrong:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
    remedy: 'Mend the variables named; .env.example says what each takes.',
  })
}

/** Where staff can be talked to, as configured. */
function staffChannels(config: Config): ReadonlySet<string> {
  return new Set([...staffChannelsOn(config), ...(config.BOT_FRAMEWORK === 'on' ? ['msteams'] : [])])
}

function describe(issue: z.core.$ZodIssue): string {
  return `${issue.path[0] === undefined ? 'a variable' : String(issue.path[0])}: ${issue.message}`
}

/** What production asks for besides: nothing may be open there by accident. */
function demands(config: Config): readonly string[] {
  if (config.NODE_ENV !== 'production') return []
  const problems: string[] = []
  if (config.ENCRYPTION_KEYS === undefined && config.ENCRYPTION_KEYS_FILE === undefined)
    problems.push(
      'ENCRYPTION_KEYS: needed in production, or ENCRYPTION_KEYS_FILE, so that nothing personal lies readable in the store',
    )
  if (config.DIRECT_LINE_SIGNING_KEYS === undefined || config.DIRECT_LINE_SIGNING_KEYS.length === 0)
    problems.push(
      'DIRECT_LINE_SIGNING_KEYS: needed in production, so that tokens stay valid on every process',
    )
  if (config.PUBLIC_URL === undefined)
    problems.push(
      'PUBLIC_URL: needed in production, since links to the files of a case would lead to this machine otherwise',
    )
  if (config.BOT_FRAMEWORK === 'on' && config.MicrosoftAppId === undefined)
    problems.push(
      'MicrosoftAppId: needed in production, since without it /api/messages would check nobody; or set BOT_FRAMEWORK=off',
    )
  if (config.BOT_FRAMEWORK_CLOUD === 'china' && config.MicrosoftAppTenantId === undefined)
    problems.push('MicrosoftAppTenantId: needed with BOT_FRAMEWORK_CLOUD=china')
  if (
    config.MicrosoftAppId !== undefined &&
    config.MicrosoftAppPassword === undefined &&
    config.MicrosoftAppType !== 'UserAssignedMSI'
  )
    problems.push('MicrosoftAppPassword: needed with MicrosoftAppId')
  return problems
}
