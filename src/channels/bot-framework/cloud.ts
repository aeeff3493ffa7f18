/** An Azure with Bot Service in it: where its tokens come from, and where replies go. */
export interface Cloud {
  /** Issuer of the tokens its channels send. */
  readonly tokenIssuer: string
  /** Where the keys of these tokens are published. */
  readonly openIdMetadataUrl: string
  /** Where the bot gets the token for its replies, and for what. */
  readonly loginUrl: string
  readonly oAuthScope: string
  readonly oAuthUrl: string
  /** Hosts of its channels; one that begins with a dot stands for all below it. */
  readonly serviceHosts: readonly string[]
}

export const GLOBAL_CLOUD: Cloud = {
  tokenIssuer: 'https://api.botframework.com',
  openIdMetadataUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
  loginUrl: 'https://login.microsoftonline.com/botframework.com',
  oAuthScope: 'https://api.botframework.com',
  oAuthUrl: 'https://api.botframework.com',
  // Never all of trafficmanager.net: any customer of Azure can have a name there.
  serviceHosts: ['.botframework.com', 'smba.trafficmanager.net'],
}

/** Azure in mainland China, operated by 21Vianet: with it no message leaves the mainland. */
export function chinaCloud(tenantId: string): Cloud {
  return {
    tokenIssuer: 'https://api.botframework.azure.cn',
    openIdMetadataUrl: 'https://login.botframework.azure.cn/v1/.well-known/openidconfiguration',
    loginUrl: `https://login.partner.microsoftonline.cn/${tenantId}`,
    oAuthScope: 'https://api.botframework.azure.cn',
    oAuthUrl: 'https://token.botframework.azure.cn/',
    serviceHosts: ['.botframework.azure.cn'],
  }
}
