import { Icon, type IconName } from "./icon.tsx";

interface IconButtonProps {
  readonly icon: IconName;
  /** Name for a screen reader, and for everyone else when the pointer rests. */
  readonly label: string;
  readonly pressed?: boolean;
  readonly onClick: () => void;
}

export function IconButton({ icon, label, pressed, onClick }: IconButtonProps) {
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} aria-pressed={pressed} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}
