package io.github.nnunet4j;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a class of tests and tells which have failed. */
final class Broken {
  private Broken() {}

  static Set<String> laws(Class<?> tests) {
    return failures(tests).keySet();
  }

  /** What the failed tests say, by method; one message each. */
  static Map<String, String> failures(Class<?> tests) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(DiscoverySelectors.selectClass(tests))
            .filters(EngineFilter.includeEngines("junit-jupiter", "jqwik"))
            .build();
    Map<String, String> failed = new TreeMap<>();
    TestExecutionListener listener =
        new TestExecutionListener() {
          @Override
          public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (result.getStatus() == TestExecutionResult.Status.FAILED) {
              test.getSource()
                  .filter(MethodSource.class::isInstance)
                  .map(MethodSource.class::cast)
                  .ifPresent(
                      source ->
                          failed.put(
                              source.getMethodName(),
                              result.getThrowable().map(Throwable::toString).orElse("")));
            }
          }
        };
    LauncherFactory.create().execute(request, listener);
    return failed;
  }
}
