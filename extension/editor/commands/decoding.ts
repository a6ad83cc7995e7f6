/** The commands around captures and options, loaded together. */
export { captureHandshakes } from './capture';
export { decodeSelection } from './decodeSelection';
export { encodeClientAddress } from './encodeOption';
export { openCapture } from './openCapture';
