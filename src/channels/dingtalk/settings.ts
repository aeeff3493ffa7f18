import { z } from 'zod'

/** DingTalk is switched on by the two credentials of an app with a robot in Stream mode. */
export interface DingtalkSettings {
  /** Client ID of the app, formerly AppKey. */
  readonly clientId: string
  /** Client Secret of the app, formerly AppSecret. */
  readonly clientSecret: string
  readonly robotCode: string
  /** Where the OpenAPI is: `https://api.dingtalk.com`. */
  readonly apiUrl: string
}

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost'])

/** The variables of the environment; src/server/config.ts holds them with all others. */
export const dingtalkVariables = {
  DINGTALK_CLIENT_ID: z.string().trim().min(1).max(200).optional(),
  DINGTALK_CLIENT_SECRET: z.string().trim().min(16, 'at least 16 characters').optional(),
  DINGTALK_ROBOT_CODE: z.string().trim().min(1).max(200).optional(),
  // The secret is sent there.
  DINGTALK_API_URL: z
    .url({ protocol: /^https?$/ })
    .refine((url) => url.startsWith('https:') || LOOPBACK.has(new URL(url).hostname), 'an https address')
    .optional(),
}
export type DingtalkConfig = Readonly<z.infer<z.ZodObject<typeof dingtalkVariables>>>

/** What is missing for the channel to work: half a configuration is a mistake, none is a choice. */
export function dingtalkDemands(config: DingtalkConfig): readonly string[] {
  const { DINGTALK_CLIENT_ID: id, DINGTALK_CLIENT_SECRET: secret } = config
  const more = config.DINGTALK_ROBOT_CODE ?? config.DINGTALK_API_URL
  if (id === undefined && secret === undefined)
    return more === undefined
      ? []
      : ['DINGTALK_CLIENT_ID and DINGTALK_CLIENT_SECRET: needed with the other DINGTALK_ variables']
  if (id === undefined) return ['DINGTALK_CLIENT_ID: needed with DINGTALK_CLIENT_SECRET']
  if (secret === undefined) return ['DINGTALK_CLIENT_SECRET: needed with DINGTALK_CLIENT_ID']
  return []
}

/** @returns undefined where DingTalk is not switched on */
export function dingtalkSettings(config: DingtalkConfig): DingtalkSettings | undefined {
  const { DINGTALK_CLIENT_ID: clientId, DINGTALK_CLIENT_SECRET: clientSecret } = config
  if (clientId === undefined || clientSecret === undefined) return undefined
  return {
    clientId,
    clientSecret,
    // The robot of an app of the organisation's own is named like the app.
    robotCode: config.DINGTALK_ROBOT_CODE ?? clientId,
    apiUrl: new URL(config.DINGTALK_API_URL ?? 'https://api.dingtalk.com').origin,
  }
}
