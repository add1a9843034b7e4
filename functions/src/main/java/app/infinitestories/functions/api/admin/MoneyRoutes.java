package app.infinitestories.functions.api.admin;

import static app.infinitestories.functions.web.Authority.ADMIN;

import app.infinitestories.audit.AuditLog;
import app.infinitestories.functions.api.purchases.UserMoney;
import app.infinitestories.functions.web.Call;
import app.infinitestories.functions.web.RouteGroup;
import app.infinitestories.functions.web.Routes;
import app.infinitestories.functions.web.Status;
import app.infinitestories.functions.web.User;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.failure.FailureCode;
import app.infinitestories.purchases.RefundJob;
import app.infinitestories.ratelimit.RateLimit;
import java.util.Map;

/**
 * {@code /api/v2/admin/users} and refunds: where somebody's tokens went, and how to give them back.
 * Every call is a row of the audit log.
 */
public final class MoneyRoutes implements RouteGroup {
  private final UserMoney users;
  private final RefundJob refundJob;
  private final AuditLog audit;

  public MoneyRoutes(UserMoney users, RefundJob refundJob, AuditLog audit) {
    this.users = users;
    this.refundJob = refundJob;
    this.audit = audit;
  }

  /** What a refund gave back. */
  record Refund(String uid, GivenBack returned) {}

  /** Tokens and units of the month's quota. */
  record GivenBack(long tokens, long quota) {}

  @Override
  public void mount(Routes r) {
    r.get("/admin/users/{uid}")
        .auth(ADMIN)
        .limit(RateLimit.ADMIN)
        .returns(Status.OK, UserMoney.UserReport.class)
        .to(this::lookUp);
    r.post("/admin/jobs/{id}/refund")
        .auth(ADMIN)
        .limit(RateLimit.ADMIN)
        .returns(Status.OK, Refund.class)
        .fails(FailureCode.NOT_FOUND, FailureCode.CONFLICT)
        .to(this::refund);
  }

  private UserMoney.UserReport lookUp(Call<User> call) {
    String uid = call.path("uid");
    audit.write(
        new AuditLog.Entry(
            "user.look-up",
            call.user().uid(),
            Map.of("about", uid, "requestId", call.requestId())));
    return users.report(uid);
  }

  private Refund refund(Call<User> call) {
    String jobId = call.path("id");
    try {
      RefundJob.Refunded done = refundJob.refund(jobId, call.user().uid(), call.requestId());
      return new Refund(
          done.uid(), new GivenBack(done.returned().tokens(), done.returned().quota()));
    } catch (Failure refused) {
      audit.write(
          new AuditLog.Entry(
              "job.refund",
              call.user().uid(),
              Map.of(
                  "jobId",
                  jobId,
                  "refused",
                  refused.code().name(),
                  "requestId",
                  call.requestId())));
      throw refused;
    }
  }
}
