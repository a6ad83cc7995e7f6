import { repository } from '../../../package.json';

/** Where the pages are in the repository; `test/tools/causePages` writes them from the causes. */
export const CAUSE_PAGES = 'docs/causes';

/** The file of a cause's page, in Simplified Chinese for `zh-cn`, else in English. */
export function causePageFile(cause: string, language: string): string {
  return `${cause}${language.toLowerCase() === 'zh-cn' ? '.zh-CN' : ''}.md`;
}

/** The page of a cause on the web. */
export function causePageUrl(cause: string, language: string): string {
  return `${repository.url.replace(/\.git$/, '')}/blob/main/${CAUSE_PAGES}/${causePageFile(cause, language)}`;
}
