import { z } from 'zod'

/** WeCom is switched on by the corporation's id and at least one of the two ways. */
export interface WecomSettings {
  /** Corporation id, `ww…`: the tenant of everybody who writes. */
  readonly corpId: string
  /** The AI bot, over a connection we open. */
  readonly bot: BotSettings | undefined
  /** The self-built app: what is written to it comes to our address. */
  readonly app: AppSettings | undefined
}

export interface BotSettings {
  readonly id: string
  readonly secret: string
  /** Where to connect, in a private deployment. */
  readonly url: string | undefined
}

export interface AppSettings {
  readonly agentId: number
  readonly secret: string
  /** Signs what arrives. */
  readonly token: string
  /** EncodingAESKey: encrypts what arrives. */
  readonly aesKey: string
  /** Where the server API is, in a private deployment: `https://qyapi.weixin.qq.com`. */
  readonly apiUrl: string | undefined
}

/** The variables of the environment; src/server/config.ts holds them with all others. */
export const wecomVariables = {
  WECOM_CORP_ID: z.string().min(1).optional(),
  WECOM_BOT_ID: z.string().min(1).optional(),
  WECOM_BOT_SECRET: z.string().min(1).optional(),
  WECOM_BOT_URL: z.url({ protocol: /^wss?$/ }).optional(),
  WECOM_AGENT_ID: z.coerce.number().int().min(1).optional(),
  WECOM_APP_SECRET: z.string().min(1).optional(),
  WECOM_TOKEN: z.string().min(1).optional(),
  WECOM_ENCODING_AES_KEY: z
    .string()
    .regex(/^[A-Za-z0-9+/]{43}$/, 'the 43 characters that the console shows')
    .optional(),
  WECOM_API_URL: z.url({ protocol: /^https?$/ }).optional(),
}
export type WecomConfig = Readonly<z.infer<z.ZodObject<typeof wecomVariables>>>

const BOT = ['WECOM_BOT_ID', 'WECOM_BOT_SECRET'] as const
const APP = ['WECOM_AGENT_ID', 'WECOM_APP_SECRET', 'WECOM_TOKEN', 'WECOM_ENCODING_AES_KEY'] as const

/** What is missing for the channel to work: half a configuration is a mistake, none is a choice. */
export function wecomDemands(config: WecomConfig): readonly string[] {
  const problems = [...halfOf(config, BOT, 'the AI bot'), ...halfOf(config, APP, 'the app')]
  const begun = [...BOT, ...APP].some((name) => config[name] !== undefined)
  if (begun && config.WECOM_CORP_ID === undefined)
    problems.push('WECOM_CORP_ID: needed for WeCom, to tell whose staff is writing')
  if (!begun && config.WECOM_CORP_ID !== undefined)
    problems.push(`WECOM_CORP_ID: needs ${BOT.join(', ')} (the AI bot), or ${APP.join(', ')} (the app)`)
  return problems
}

function halfOf(config: WecomConfig, names: readonly (keyof WecomConfig)[], what: string): string[] {
  const missing = names.filter((name) => config[name] === undefined)
  return missing.length === names.length ? [] : missing.map((name) => `${name}: needed for ${what} of WeCom`)
}

/** @returns undefined where WeCom is not switched on */
export function wecomSettings(config: WecomConfig): WecomSettings | undefined {
  const { WECOM_CORP_ID: corpId } = config
  const [bot, app] = [botOf(config), appOf(config)]
  return corpId === undefined || (!bot && !app) ? undefined : { corpId, bot, app }
}

function botOf({
  WECOM_BOT_ID: id,
  WECOM_BOT_SECRET: secret,
  WECOM_BOT_URL: url,
}: WecomConfig): BotSettings | undefined {
  return id === undefined || secret === undefined ? undefined : { id, secret, url }
}

function appOf(config: WecomConfig): AppSettings | undefined {
  const { WECOM_AGENT_ID: agentId, WECOM_APP_SECRET: secret, WECOM_TOKEN: token } = config
  const { WECOM_ENCODING_AES_KEY: aesKey, WECOM_API_URL: apiUrl } = config
  if (agentId === undefined || secret === undefined || token === undefined || aesKey === undefined)
    return undefined
  return { agentId, secret, token, aesKey, apiUrl }
}
