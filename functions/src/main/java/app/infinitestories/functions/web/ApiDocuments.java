package app.infinitestories.functions.web;

/**
 * The documents that are generated from the mounted routes and checked in under {@code docs/api}.
 */
public final class ApiDocuments {
  private ApiDocuments() {}

  /** {@code docs/api/openapi.json}, which the API also serves. */
  public static String openApi(RouteGroup routes, String version) {
    return OpenApi.pretty(OpenApi.of(Routes.collect(routes), version));
  }

  /** {@code docs/api/routes.txt}: method, path, authority, limit, success. */
  public static String routeList(RouteGroup routes) {
    return RouteList.write(Routes.collect(routes));
  }
}
