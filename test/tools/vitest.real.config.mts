// For the tests that drive real editors and kernels (`vitest run --config this --dir test/flows`): slow, one file at a time.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 600_000,
    fileParallelism: false,
    pool: 'forks',
  },
  plugins: [
    // As in vitest.config.mts: esbuild bundles sh files as text.
    {
      name: 'text',
      transform: (code, id) => (/\.(sh|yml)$/.test(id) ? `export default ${JSON.stringify(code)};` : undefined),
    },
  ],
});
