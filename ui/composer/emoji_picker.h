#pragma once

#include "composer/finder_popup.h"

namespace longcode::composer {

class EmojiModel;
class Habits;

/// A grid of emoji over the composer, found by name; the arrows move in it. Those used last come first.
/// Habits outlive it. UI thread.
class EmojiPicker final : public FinderPopup {
    Q_OBJECT
public:
    EmojiPicker(Habits &habits, QWidget *parent);

    void open(QWidget *anchor);

Q_SIGNALS:
    void chosen(const QString &emoji);

protected:
    void narrow() override;
    [[nodiscard]] QString emptyWords() const override;
    void take(const QModelIndex &index) override;
    void leave() override {}
    [[nodiscard]] int listHeight() const override;
    [[nodiscard]] int widest() const override;
    bool ownKey(int key) override;
    void currentChanged() override;

private:
    [[nodiscard]] int columns() const;

    Habits &m_habits;
    EmojiModel *m_model;
};

} // namespace longcode::composer
