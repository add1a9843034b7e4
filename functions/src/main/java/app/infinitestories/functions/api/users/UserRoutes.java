package app.infinitestories.functions.api.users;

import static app.infinitestories.functions.web.Authority.USER;
import static app.infinitestories.functions.web.Authority.USER_EVEN_LEAVING;

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
import app.infinitestories.platform.failure.FailureCode;
import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.privacy.ChangePicture;
import app.infinitestories.privacy.WithdrawConsent;
import app.infinitestories.ratelimit.RateLimit;
import app.infinitestories.users.Profile;
import app.infinitestories.users.ProfileChange;
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
  private final ChangePicture changePicture;
  private final WithdrawConsent withdrawConsent;
  private final Leaving leaving;
  private final MediaStore media;

  public UserRoutes(
      Profiles profiles,
      Accounts accounts,
      Devices devices,
      ChangePicture changePicture,
      WithdrawConsent withdrawConsent,
      Leaving leaving,
      MediaStore media) {
    this.profiles = profiles;
    this.accounts = accounts;
    this.devices = devices;
    this.changePicture = changePicture;
    this.withdrawConsent = withdrawConsent;
    this.leaving = leaving;
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
    r.patch("/users/me")
        .auth(USER)
        .limit(RateLimit.WRITES)
        .body(Bodies.ChangeUser.class)
        .returns(Status.OK, UserView.UserEnvelope.class)
        .to(this::change);
    r.delete("/users/me")
        .auth(USER_EVEN_LEAVING)
        .limit(RateLimit.ACCOUNT_DELETION)
        .returns(Status.ACCEPTED, Leaving.DeletionEnvelope.class)
        .to(leaving::delete);
    r.put("/users/me/language")
        .auth(USER)
        .limit(RateLimit.WRITES)
        .body(Bodies.ChosenLanguage.class)
        .returns(Status.OK, UserView.UserEnvelope.class)
        .to(this::speak);
    r.put("/users/me/picture")
        .auth(USER)
        .limit(RateLimit.WRITES)
        .body(Bodies.Picture.class)
        .returns(Status.OK, UserView.UserEnvelope.class)
        .fails(FailureCode.NOT_FOUND, FailureCode.UPLOAD_NOT_CONFIRMED)
        .to(this::picture);
    r.put("/users/me/fcm-token")
        .auth(USER)
        .limit(RateLimit.WRITES)
        .body(Bodies.FcmToken.class)
        .returns(Status.NO_CONTENT)
        .to(this::registerDevice);
    r.delete("/users/me/fcm-token")
        .auth(USER)
        .limit(RateLimit.WRITES)
        .query(Bodies.OneDevice.class)
        .returns(Status.NO_CONTENT)
        .to(this::forgetDevice);
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

  private UserView.UserEnvelope change(Call<User> call, Bodies.ChangeUser body) {
    ProfileChange wanted = ProfileChange.NONE;
    if (body.displayName().given()) {
      wanted = wanted.named(body.displayName().value());
    }
    String language = body.language().value();
    if (language != null) {
      wanted = wanted.in(language);
    }
    Boolean consent = body.guardianConsent().value();
    if (consent != null) {
      wanted = wanted.consenting(consent);
    }
    return view(change(call.user().uid(), wanted));
  }

  private UserView.UserEnvelope speak(Call<User> call, Bodies.ChosenLanguage body) {
    return view(change(call.user().uid(), ProfileChange.NONE.in(body.language())));
  }

  private Profile change(String uid, ProfileChange wanted) {
    Profile changed = profiles.change(uid, wanted);
    if (wanted.fields().containsKey("language")) {
      devices.speak(uid, changed.language());
    }
    if (Boolean.FALSE.equals(wanted.consent())) {
      withdrawConsent.of(uid);
    }
    return changed;
  }

  private UserView.UserEnvelope picture(Call<User> call, Bodies.Picture body) {
    return view(changePicture.change(call.user().uid(), body.storageKey()));
  }

  private UserView.UserEnvelope me(Call<User> call) {
    Profiles.WithAccount known = profiles.getWithAccount(call.user().uid());
    return UserView.of(known.profile(), known.account(), media::readUrl);
  }

  private UserView.UserEnvelope view(Profile profile) {
    Account account =
        accounts
            .read(profile.uid())
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

  private void forgetDevice(Call<User> call, Bodies.OneDevice query) {
    devices.forget(call.user().uid(), query.deviceId());
  }
}
