declare module 'xhr2' {
  /** XMLHttpRequest for Node; enough of it for DirectLineJS. */
  const XMLHttpRequest: new () => object
  export default XMLHttpRequest
}
