import type { Activity, ConfigurationBotFrameworkAuthentication } from 'botbuilder'
import { decodeJwt } from 'jose'
import { AppError } from '../../errors.ts'
import { GLOBAL_CLOUD, type Cloud } from './cloud.ts'
import { connectorClient } from './connector-client.ts'
import { KeptClients } from './kept-clients.ts'
import { given, type BotFrameworkOptions } from './options.ts'

export type Authenticated = Awaited<
  ReturnType<ConfigurationBotFrameworkAuthentication['authenticateRequest']>
>

/** The SDK's authentication, with every setting named so that none is taken from elsewhere. */
export function createAuthentication(
  options: BotFrameworkOptions,
  checkUrl: (url: string) => void,
): ConfigurationBotFrameworkAuthentication {
  const { appId, appPassword, appType, tenantId, cloud } = options
  const members = {
    MicrosoftAppId: appId,
    MicrosoftAppPassword: appPassword,
    MicrosoftAppType: appType,
    MicrosoftAppTenantId: tenantId,
    ...(cloud === undefined || cloud === GLOBAL_CLOUD ? {} : cloudMembers(cloud)),
  }
  // The SDK's schemas take a member that is left out, but none that is undefined.
  return new KeptClients(
    Object.fromEntries(Object.entries(members).filter(([, value]) => given(value))),
    undefined,
    undefined,
    undefined,
    { httpClient: connectorClient(checkUrl, options.patienceMs) },
  )
}

/** All together: with one of them set, the SDK takes none of its own. */
function cloudMembers(cloud: Cloud): Record<string, string> {
  return {
    ValidateAuthority: 'true',
    ToChannelFromBotLoginUrl: cloud.loginUrl,
    ToChannelFromBotOAuthScope: cloud.oAuthScope,
    ToBotFromChannelTokenIssuer: cloud.tokenIssuer,
    OAuthUrl: cloud.oAuthUrl,
    ToBotFromChannelOpenIdMetadataUrl: cloud.openIdMetadataUrl,
    // No token of the Emulator is taken, but the SDK wants an address.
    ToBotFromEmulatorOpenIdMetadataUrl: cloud.openIdMetadataUrl,
    CallerId: 'urn:botframework:azure',
  }
}

/**
 * Refuses before the SDK looks at it whatever is not a token of the bot's own cloud. The SDK would also take tokens
 * that the Emulator or another bot got for the app id from any tenant, does not compare their service URL, and
 * remembers every tenant id it is shown for as long as the process runs.
 * @throws AppError token-missing, token-invalid
 */
export function checkToken(authorization: string | undefined, { tokenIssuer }: Cloud): string {
  if (authorization === undefined || authorization.trim() === '')
    throw new AppError('token-missing', {
      detail: 'The request carries no token.',
      remedy: 'Send Authorization: Bearer <token of the Bot Framework channel service>.',
    })
  const [, token] = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(authorization) ?? []
  if (token === undefined || issuerOf(token) !== tokenIssuer)
    throw tokenInvalid('It is not a token of the Bot Framework channel service.')
  return authorization
}

function issuerOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss
  } catch {
    return undefined
  }
}

/**
 * Who calls, by the token's signature and claims.
 * @throws AppError token-invalid, token-expired; upstream-rejected where the keys cannot be fetched
 */
export async function authenticate(
  authentication: ConfigurationBotFrameworkAuthentication,
  activity: Activity,
  authorization: string,
): Promise<Authenticated> {
  try {
    return await authentication.authenticateRequest(activity, authorization)
  } catch (error) {
    throw refusal(error)
  }
}

function refusal(error: unknown): AppError {
  const { name, message } = error instanceof Error ? error : { name: '', message: '' }
  if (name === 'FetchError' || message.startsWith('Failed to load'))
    return new AppError('upstream-rejected', {
      detail: 'The keys that sign the tokens of the Bot Framework could not be fetched.',
      remedy: 'Check that this server reaches the address of the OpenID metadata.',
      cause: error,
    })
  if (message.includes('expired'))
    return new AppError('token-expired', {
      detail: 'The token has expired.',
      remedy: 'Send a new one; compare the clocks of both sides.',
    })
  return tokenInvalid('Its signature, audience or service URL is not right.')
}

function tokenInvalid(reason: string): AppError {
  return new AppError('token-invalid', {
    detail: `The token is not accepted. ${reason}`,
    remedy:
      'Compare MicrosoftAppId with the app of the bot in Azure, and send the token the channel service gave.',
  })
}
