"""Of the pages of allauth only those we use: nobody signs up or changes an address by himself."""

from allauth.account import views as account
from allauth.mfa.urls import urlpatterns as second_factor_urls
from allauth.socialaccount import views as organisation
from django.urls import include, path, re_path

from . import views

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("2fa/", include(second_factor_urls)),
    path("organisation/", include("vliegwiel.web.login.organisation.urls")),
    path(
        "organisation/cancelled/",
        organisation.login_cancelled,
        name="socialaccount_login_cancelled",
    ),
    path("organisation/error/", organisation.login_error, name="socialaccount_login_error"),
    path("password/reset/", views.new_password, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
