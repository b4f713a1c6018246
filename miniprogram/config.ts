/** What differs from town to town. The build writes the town's own values over the compiled file. */

export interface Config {
  /** Scheme and host of the server, without a slash at the end. */
  host: string;
  /** Below which addresses codes hang, those of earlier plates too; each ends in a slash. */
  codePrefixes: string[];
  /** Which position WeChat lets this account read; app.json must declare the same in `requiredPrivateInfos`. */
  position: 'fuzzy' | 'precise' | 'none';
  /** Templates of subscribe messages that are offered at a moment, three at most. */
  templates: { sent: string[]; ended: string[] };
  /** The town's telephone number for reports; empty where there is none. */
  hotline: string;
}

export const config: Config = {
  host: 'https://yima.example.com',
  codePrefixes: ['https://yima.example.com/q/'],
  position: 'fuzzy',
  templates: { sent: [], ended: [] },
  hotline: '',
};
