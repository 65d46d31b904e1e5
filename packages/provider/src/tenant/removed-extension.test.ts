import { openTestProvider } from '../../contract/open-test-provider.ts';
import { removedExtensionSuite } from '../../contract/removed-extension-suite.ts';

removedExtensionSuite(openTestProvider);
