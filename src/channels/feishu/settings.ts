import { z } from 'zod'

/** Feishu is switched on by the app's id and secret and a way for its events to arrive. */
export interface FeishuSettings {
  readonly appId: string
  readonly appSecret: string
  /** What the webhook is checked with. Undefined: there is no webhook. */
  readonly webhook: WebhookSecrets | undefined
  readonly longConnection: boolean
  /** Where the open platform is: that of Feishu, or of Lark. */
  readonly apiUrl: string
}

export interface WebhookSecrets {
  /** Encrypts what arrives, and is part of its signature. */
  readonly encryptKey: string
  /** Stands in what arrives. */
  readonly verificationToken: string
}

/** The variables of the environment; src/server/config.ts holds them with all others. */
export const feishuVariables = {
  FEISHU_APP_ID: z
    .string()
    .regex(/^cli_\w{1,60}$/, 'an App ID, which begins with cli_')
    .optional(),
  FEISHU_APP_SECRET: z.string().min(16, 'at least 16 characters').optional(),
  FEISHU_ENCRYPT_KEY: z.string().min(16, 'at least 16 characters').optional(),
  FEISHU_VERIFICATION_TOKEN: z.string().min(16, 'at least 16 characters').optional(),
  FEISHU_LONG_CONNECTION: z
    .enum(['true', 'false', '1', '0'])
    .transform((value) => value === 'true' || value === '1')
    .optional(),
  FEISHU_API_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
}
export type FeishuConfig = Readonly<z.infer<z.ZodObject<typeof feishuVariables>>>

/** What is missing for the channel to work: half a configuration is a mistake, none is a choice. */
export function feishuDemands(config: FeishuConfig): readonly string[] {
  const {
    FEISHU_APP_ID: id,
    FEISHU_APP_SECRET: secret,
    FEISHU_ENCRYPT_KEY: key,
    FEISHU_VERIFICATION_TOKEN: token,
    FEISHU_LONG_CONNECTION: connection = false,
  } = config
  const wanted = connection || [id, secret, key, token].some((value) => value !== undefined)
  if (!wanted) return []
  const problems: string[] = []
  if (id === undefined) problems.push('FEISHU_APP_ID: needed for Feishu, with FEISHU_APP_SECRET')
  if (secret === undefined) problems.push('FEISHU_APP_SECRET: needed for Feishu, to answer')
  if (key === undefined && token !== undefined)
    problems.push('FEISHU_ENCRYPT_KEY: needed with FEISHU_VERIFICATION_TOKEN, to check what arrives')
  if (key !== undefined && token === undefined)
    problems.push('FEISHU_VERIFICATION_TOKEN: needed with FEISHU_ENCRYPT_KEY, to check what arrives')
  if (key === undefined && token === undefined && !connection)
    problems.push(
      'FEISHU_ENCRYPT_KEY and FEISHU_VERIFICATION_TOKEN, or FEISHU_LONG_CONNECTION=true: one way is needed, to receive',
    )
  return problems
}

/** @returns undefined where Feishu is not switched on */
export function feishuSettings(config: FeishuConfig): FeishuSettings | undefined {
  const {
    FEISHU_APP_ID: appId,
    FEISHU_APP_SECRET: appSecret,
    FEISHU_ENCRYPT_KEY: encryptKey,
    FEISHU_VERIFICATION_TOKEN: verificationToken,
  } = config
  if (appId === undefined || appSecret === undefined) return undefined
  return {
    appId,
    appSecret,
    webhook:
      encryptKey === undefined || verificationToken === undefined
        ? undefined
        : { encryptKey, verificationToken },
    longConnection: config.FEISHU_LONG_CONNECTION ?? false,
    apiUrl: config.FEISHU_API_URL ?? 'https://open.feishu.cn',
  }
}
