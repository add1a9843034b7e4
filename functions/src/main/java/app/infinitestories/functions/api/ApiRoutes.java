package app.infinitestories.functions.api;

import app.infinitestories.functions.api.admin.AdminRoutes;
import app.infinitestories.functions.api.admin.MoneyRoutes;
import app.infinitestories.functions.api.docs.DocsRoutes;
import app.infinitestories.functions.api.files.FileRoutes;
import app.infinitestories.functions.api.health.HealthRoutes;
import app.infinitestories.functions.api.purchases.MagicTokenRoutes;
import app.infinitestories.functions.api.purchases.PurchaseRoutes;
import app.infinitestories.functions.api.stores.StoreRoutes;
import app.infinitestories.functions.api.stories.DiscoveryRoutes;
import app.infinitestories.functions.api.stories.EngagementRoutes;
import app.infinitestories.functions.api.stories.StoryRoutes;
import app.infinitestories.functions.api.users.UserRoutes;
import app.infinitestories.functions.api.userstories.LegacyStoryRoutes;
import app.infinitestories.functions.api.userstories.UserStoryRoutes;
import app.infinitestories.functions.web.ApiDocuments;
import app.infinitestories.functions.web.FixedSegments;
import app.infinitestories.functions.web.RouteGroup;
import app.infinitestories.functions.web.Routes;

/**
 * The mount table: every route of the product lies below one of these lines, and
 * docs/api/routes.txt lists them all. An app puts a photo up ({@code files}), orders a film of it
 * ({@code userStories}), and follows, watches or cancels it there; {@code users} holds who they are
 * and where to push; {@code stories} is the catalogue, which needs no account; {@code engagement}
 * and {@code discovery} are what its viewers do with it, and what that brings them; {@code
 * purchases} and {@code magicTokens} are what they paid. Staff publish by {@code admin} and answer
 * for money by {@code money}; {@code stores} is where the stores report what was bought. {@code
 * legacyStories} is what the first version of the app still speaks.
 */
public record ApiRoutes(
    String version,
    HealthRoutes health,
    UserRoutes users,
    FileRoutes files,
    UserStoryRoutes userStories,
    LegacyStoryRoutes legacyStories,
    StoryRoutes stories,
    EngagementRoutes engagement,
    DiscoveryRoutes discovery,
    PurchaseRoutes purchases,
    MagicTokenRoutes magicTokens,
    AdminRoutes admin,
    MoneyRoutes money,
    StoreRoutes stores)
    implements RouteGroup {

  @Override
  public void mount(Routes r) {
    r.under("/api", health);
    r.under("/api", new DocsRoutes(() -> ApiDocuments.openApi(this, version)));
    r.under("/api/v1", users);
    r.under("/api/v1", legacyStories);
    r.under("/api/v1", discovery);
    r.under("/api/v1", engagement);
    r.under("/api/v1", stories);
    r.under("/api/v2", files);
    r.under("/api/v2", userStories);
    r.under("/api", purchases);
    r.under("/api", magicTokens);
    r.under("/api/v2", admin.reserving(FixedSegments.insteadOf("/api/v1/stories/{storyId}", this)));
    r.under("/api/v2", money);
    r.under("/api", stores);
  }
}
