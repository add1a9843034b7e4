package app.infinitestories.functions.api.users;

import static app.infinitestories.functions.web.Authority.USER;

import app.infinitestories.accounts.Account;
import app.infinitestories.accounts.Accounts;
import app.infinitestories.functions.web.Call;
import app.infinitestories.functions.web.Reply;
import app.infinitestories.functions.web.RouteGroup;
import app.infinitestories.functions.web.Routes;
import app.infinitestories.functions.web.Status;
import app.infinitestories.functions.web.User;
import app.infinitestories.notifications.Device;
import app.infinitestories.notifications.Devices;
import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.ratelimit.RateLimit;
import app.infinitestories.users.Profile;
import app.infinitestories.users.Profiles;
import app.infinitestories.users.Registration;
import java.util.Optional;

/** {@code /api/v1/users}: registration, own profile, push targets. */
public final class UserRoutes implements RouteGroup {
  /** The device of a token that came with the registration, before the app names one. */
  private static final String FIRST_DEVICE = "first";

  private final Profiles profiles;
  private final Accounts accounts;
  private final Devices devices;
  private final MediaStore media;

  public UserRoutes(Profiles profiles, Accounts accounts, Devices devices, MediaStore media) {
    this.profiles = profiles;
    this.accounts = accounts;
    this.devices = devices;
    this.media = media;
  }

  @Override
  public void mount(Routes r) {
    r.post("/users")
        .auth(USER)
        .limit(RateLimit.REGISTRATION)
        .body(Bodies.Register.class)
        .returns(Status.CREATED, UserView.UserEnvelope.class)
        .or(Status.OK)
        .toReply(this::register);
    r.get("/users/me")
        .auth(USER)
        .limit(RateLimit.READS)
        .returns(Status.OK, UserView.UserEnvelope.class)
        .to(this::me);
    r.put("/users/me/fcm-token")
        .auth(USER)
        .limit(RateLimit.WRITES)
        .body(Bodies.FcmToken.class)
        .returns(Status.NO_CONTENT)
        .to(this::registerDevice);
  }

  private Reply<UserView.UserEnvelope> register(Call<User> call, Bodies.Register body) {
    String uid = call.user().uid();
    Optional<Profile> registered =
        profiles.register(
            uid,
            new Registration(
                body.displayName(), body.language(), Boolean.TRUE.equals(body.guardianConsent())));
    if (registered.isPresent() && body.fcmToken() != null) {
      devices.register(
          uid,
          new Device(FIRST_DEVICE, null, body.fcmToken(), "android", registered.get().language()));
    }
    return Reply.of(registered.isPresent() ? Status.CREATED : Status.OK, me(call));
  }

  private UserView.UserEnvelope me(Call<User> call) {
    String uid = call.user().uid();
    Profile profile = profiles.get(uid);
    Account account =
        accounts
            .read(uid)
            .orElseThrow(() -> new IllegalStateException("a signed-in user has no account"));
    return UserView.of(profile, account, media::readUrl);
  }

  private void registerDevice(Call<User> call, Bodies.FcmToken body) {
    String uid = call.user().uid();
    devices.register(
        uid,
        new Device(
            body.deviceId(),
            body.fid(),
            body.token(),
            body.platform(),
            profiles.get(uid).language()));
  }
}
