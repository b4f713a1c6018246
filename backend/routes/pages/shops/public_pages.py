"""The pages about what everybody is told of a shop, and who says so, for the list of all pages."""

from backend.routes.pages.shops import finding_photos, grade_settings, kitchen, public_page

PUBLIC_SHOP_PAGES = (
    grade_settings.show_settings,
    grade_settings.save_settings,
    finding_photos.set_finding_photo,
    public_page.show_public_shop,
    kitchen.show_kitchen,
    kitchen.set_kitchen_link,
    kitchen.decide_on_kitchen_link,
)
