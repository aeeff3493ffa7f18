import { z } from 'zod'

/** Slack is switched on by the bot's token and a way for its events to arrive. */
export interface SlackSettings {
  /** Bot token, `xoxb-…`. */
  readonly botToken: string
  /** Checks what arrives at the webhook. Undefined: there is no webhook. */
  readonly signingSecret: string | undefined
  /** App-level token, `xapp-…`, for Socket Mode. Undefined: no socket. */
  readonly appToken: string | undefined
  /** Where the Web API is, where that is not slack.com: `https://slack-gov.com/api/`. */
  readonly apiUrl: string | undefined
}

/** The variables of the environment; src/server/config.ts holds them with all others. */
export const slackVariables = {
  SLACK_BOT_TOKEN: z.string().startsWith('xoxb-', 'a bot token, which begins with xoxb-').optional(),
  SLACK_SIGNING_SECRET: z.string().min(16, 'at least 16 characters').optional(),
  SLACK_APP_TOKEN: z.string().startsWith('xapp-', 'an app-level token, which begins with xapp-').optional(),
  SLACK_API_URL: z.url({ protocol: /^https?$/ }).optional(),
}
export type SlackConfig = Readonly<z.infer<z.ZodObject<typeof slackVariables>>>

/** What is missing for the channel to work: half a configuration is a mistake, none is a choice. */
export function slackDemands(config: SlackConfig): readonly string[] {
  const { SLACK_BOT_TOKEN: bot, SLACK_SIGNING_SECRET: secret, SLACK_APP_TOKEN: app } = config
  if (bot === undefined && (secret !== undefined || app !== undefined))
    return ['SLACK_BOT_TOKEN: needed with SLACK_SIGNING_SECRET and SLACK_APP_TOKEN, to answer']
  if (bot !== undefined && secret === undefined && app === undefined)
    return ['SLACK_SIGNING_SECRET or SLACK_APP_TOKEN: one is needed with SLACK_BOT_TOKEN, to receive']
  return []
}

/** @returns undefined where Slack is not switched on */
export function slackSettings(config: SlackConfig): SlackSettings | undefined {
  if (config.SLACK_BOT_TOKEN === undefined) return undefined
  return {
    botToken: config.SLACK_BOT_TOKEN,
    signingSecret: config.SLACK_SIGNING_SECRET,
    appToken: config.SLACK_APP_TOKEN,
    apiUrl: config.SLACK_API_URL,
  }
}
