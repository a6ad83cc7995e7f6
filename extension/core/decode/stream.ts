export type { CaptureReader, CaptureReaderOptions } from './capture/reader';
export { createCaptureReader } from './capture/reader';
